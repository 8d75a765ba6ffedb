"""The worker that holds the voices: each phrase is sung on a thread of its own.

Most of the time is spent in filters that run without the interpreter's lock; phrases beyond
`MAX_SINGING` wait for one to end.
"""

import logging
import os
import queue
import threading
from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from generation.ports import Voice, VoiceNote
from generation.voices.cast import VOICES
from generation.voices.errors import VoiceError
from generation.worker.frames import Inbox, Message, pack

log = logging.getLogger("generation.worker")

MAX_SINGING: Final = 4


class Stopped(Exception):
    """Nobody listens any more."""


class Phrase:
    """Notes that arrive for one voice, read as the voice port asks for them."""

    def __init__(self) -> None:
        self.arrivals: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self.stopped = threading.Event()

    def __iter__(self) -> Iterator[VoiceNote | float]:
        while True:
            batch = [self.arrivals.get()]
            while not self.arrivals.empty():
                batch.append(self.arrivals.get())
            if self.stopped.is_set():
                raise Stopped
            certain: float | None = None
            for message in batch:
                for pitch, start, duration, velocity in message.get("notes", ()):
                    yield VoiceNote(pitch, start, duration, velocity)
                certain = message.get("until", certain)
            if any(message["t"] == "end" for message in batch):
                return
            if certain is not None:
                yield certain


class Singing:
    """Answers `sing`, `notes`, `end` and `stop` messages; job numbers are the server's."""

    def __init__(self, inbox: Inbox, output: int) -> None:
        self._inbox = inbox
        self._output = output
        self._phrases: dict[int, Phrase] = {}
        self._writing = threading.Lock()
        self._places = threading.Semaphore(MAX_SINGING)

    def run(self) -> None:
        """Work until the server closes the pipe."""
        _warm_up()
        self._say({"t": "ready"})
        while self._inbox.open:
            for message in self._inbox.take(wait=True):
                self._obey(message)

    def _obey(self, message: Message) -> None:
        job = message["job"]
        if message["t"] == "sing":
            new = self._phrases[job] = Phrase()
            arguments = (job, VOICES[message["voice"]], message["settings"], new)
            threading.Thread(target=self._sing, args=arguments, daemon=True).start()
        elif (phrase := self._phrases.get(job)) is not None:
            if message["t"] == "stop":
                phrase.stopped.set()
            phrase.arrivals.put(message)

    def _sing(self, job: int, voice: Voice, settings: dict[str, object], phrase: Phrase) -> None:
        with self._places:
            if phrase.stopped.is_set():
                del self._phrases[job]
                return
            try:
                for chunk in voice.stream(iter(phrase), settings):
                    if phrase.stopped.is_set():
                        return
                    samples = np.clip(np.rint(chunk * 32767.0), -32768, 32767)
                    self._say({"t": "sound", "job": job}, samples.astype("<i2").tobytes())
                self._say({"t": "end", "job": job})
            except Stopped:
                return
            except VoiceError as problem:
                self._fail(job, problem.code, problem.text)
            except Exception:
                log.exception("a voice failed")
                self._fail(job, "voice_failed", "The voice stopped with a fault. Play it again.")
            finally:
                # Until here it can still be stopped, whether or not its last note has come.
                del self._phrases[job]

    def _fail(self, job: int, code: str, text: str) -> None:
        self._say({"t": "failed", "job": job, "code": code, "text": text})

    def _say(self, message: Message, blob: bytes = b"") -> None:
        data: Any = memoryview(pack(message, blob))
        with self._writing:
            while data:
                data = data[os.write(self._output, data) :]


def _warm_up() -> None:
    """Sing a moment into the void, so that the first phrase finds filters and tables made."""
    for voice in VOICES.values():
        for _ in voice.stream(
            iter([VoiceNote(pitch, 0.0, 0.05, 80) for pitch in (48, 60, 72)]), {}
        ):
            pass
