"""Candidates as sound: each sung once by a worker process, kept for who plays it again.

A recording grows while its notes still arrive; any number of listeners read it at their own pace.
"""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Final

from generation.process import WorkerProcess
from generation.proposal import CandidateState, Row
from generation.voices.catalogue import VOICES
from generation.worker.frames import Message

RUNNING: Final = 8
"""How many recordings are sung at a time, or wait for it, on one server."""

KEPT_BYTES: Final = 64 * 1024 * 1024
ATTEMPTS: Final = 2
DIED: Final = ("voice_failed", "The voice stopped twice. Play it again.")
CROWDED: Final = ("busy", "Eight voices sing already. Wait for one to end.")
NOTHING: Final = ("nothing_to_sing", "There is no note here that a voice can sing.")


@dataclass(frozen=True, slots=True)
class Song:
    """What is sung: which candidate, by which voice, how.

    `seconds` turns a tick into seconds from the start of the sound; whatever it depends on stands
    in `timing`, which is part of the recording's identity. Tracks in `silent` (drums) are left
    out. With `ordered`, a note says that nothing before it comes.
    """

    suggestion: str
    candidate: int
    voice: str
    settings: dict[str, object]
    timing: str
    seconds: Callable[[int], float]
    silent: frozenset[str]
    ordered: bool

    @property
    def key(self) -> str:
        """Recordings with one key sound the same."""
        settings = json.dumps(self.settings, sort_keys=True)
        return f"{self.suggestion}:{self.candidate}:{self.voice}:{settings}:{self.timing}"


@dataclass(slots=True, eq=False)
class Recording:
    """PCM16 so far; `done` with an `error` (code, text) when the voice could not go on."""

    rate: int
    pcm: bytearray = field(default_factory=bytearray)
    done: bool = False
    error: tuple[str, str] | None = None
    listeners: int = 0
    deserted: Callable[[], None] | None = None
    """Called when the last listener leaves."""
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, pcm: bytes) -> None:
        """The next samples."""
        self.pcm += pcm
        self._changed.set()

    def finish(self, error: tuple[str, str] | None = None) -> None:
        """Nothing more comes."""
        self.done, self.error = True, error
        self._changed.set()

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Somebody listens."""
        self.listeners += 1
        try:
            yield
        finally:
            self.listeners -= 1
            if self.listeners == 0 and self.deserted is not None:
                self.deserted()

    async def beyond(self, sent: int) -> None:
        """Wait until there is more than `sent` bytes, or the end."""
        while len(self.pcm) <= sent and not self.done:
            self._changed.clear()
            await self._changed.wait()


class Singer:
    """Follows one candidate and hands its notes on to the worker, in seconds."""

    def __init__(self, song: Song, job: int, say: Callable[[Message], None]) -> None:
        self.song = song
        self.job = job
        self._say = say

    def note(self, row: Row) -> None:
        """The next note."""
        self._notes([row])
        if self.song.ordered:
            self.reached(row[3])

    def reached(self, tick: int) -> None:
        """Nothing more begins before `tick`."""
        self._say({"t": "notes", "job": self.job, "until": self.song.seconds(tick)})

    def ended(self) -> None:
        """No more notes come."""
        self._say({"t": "end", "job": self.job})

    def catch_up(self, candidate: CandidateState, *, growing: bool) -> None:
        """Sing what is there, and follow what comes."""
        self._notes(candidate.notes)
        if growing:
            candidate.followers.add(self)
            self.reached(candidate.tick)
        else:
            self.ended()

    def _notes(self, rows: Iterable[Row]) -> None:
        seconds = self.song.seconds
        sung = [
            [row[2], seconds(row[3]), seconds(row[3] + row[4]) - seconds(row[3]), row[5]]
            for row in rows
            if row[1] not in self.song.silent
        ]
        sung.sort(key=lambda note: (note[1], note[0]))
        self._say({"t": "notes", "job": self.job, "notes": sung})


@dataclass(slots=True, eq=False)
class _Job:
    recording: Recording
    singer: Singer
    candidate: CandidateState
    growing: Callable[[], bool]
    attempts: int = 0
    skip: int = 0


class Recordings:
    """All recordings of this server, and the worker that sings them."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._kept: OrderedDict[str, Recording] = OrderedDict()
        self._jobs: dict[int, _Job] = {}
        self.process = WorkerProcess("singing", heard=self._heard, died=self._died, woke=self._woke)

    def wake(self) -> None:
        """Somebody may listen soon."""
        self.process.wake()

    def listen(
        self, song: Song, candidate: CandidateState, growing: Callable[[], bool]
    ) -> Recording:
        """The recording of `song`; a new one starts to be sung now.

        `growing` tells whether notes of the candidate may still come. A recording that nobody
        hears any more is stopped and forgotten, unless it is finished. Where too many run and
        all are heard, the answer is a recording that holds nothing but this error.
        """
        kept = self._kept.get(song.key)
        if kept is not None and kept.error is None:
            self._kept.move_to_end(song.key)
            return kept
        if len(self._jobs) >= RUNNING and not self._stop_oldest_unheard():
            refused = Recording(VOICES[song.voice].rate)
            refused.finish(CROWDED)
            return refused
        self.wake()
        recording = self._kept[song.key] = Recording(VOICES[song.voice].rate)
        number = next(self._numbers)
        recording.deserted = partial(self._stop, number)
        singer = Singer(song, number, self.process.say)
        self._jobs[number] = _Job(recording, singer, candidate, growing)
        if self.process.ready:
            self._begin(number)
        self._forget_oldest()
        return recording

    async def close(self) -> None:
        """End the worker."""
        await self.process.close()

    def _begin(self, number: int) -> None:
        job = self._jobs[number]
        job.attempts += 1
        job.skip = len(job.recording.pcm)
        song = job.singer.song
        settings = song.settings
        self.process.say({"t": "sing", "job": number, "voice": song.voice, "settings": settings})
        job.singer.catch_up(job.candidate, growing=job.growing())

    def _woke(self, message: Message) -> None:
        for number in list(self._jobs):
            self._begin(number)

    def _heard(self, message: Message, pcm: bytes) -> None:
        job = self._jobs.get(message["job"])
        if job is None:
            return
        if message["t"] == "sound":
            # A voice that is put again sings the same: what was heard before is skipped.
            skipped = min(job.skip, len(pcm))
            job.skip -= skipped
            job.recording.add(pcm[skipped:])
        elif message["t"] == "failed":
            self._finish(message["job"], (message["code"], message["text"]))
        else:
            self._finish(message["job"], None)

    def _died(self) -> None:
        for number, job in list(self._jobs.items()):
            job.candidate.followers.discard(job.singer)
            if job.attempts >= ATTEMPTS:
                self._finish(number, DIED)

    def _finish(self, number: int, error: tuple[str, str] | None) -> None:
        job = self._jobs.pop(number)
        job.candidate.followers.discard(job.singer)
        if error is None and not job.recording.pcm:
            error = NOTHING
        job.recording.finish(error)

    def _stop_oldest_unheard(self) -> bool:
        """Make room for another recording; False when somebody listens to each."""
        for number, job in self._jobs.items():
            if job.recording.listeners == 0:
                self._stop(number)
                return True
        return False

    def _stop(self, number: int) -> None:
        """Nobody wants this recording any more; one that is finished already stays."""
        job = self._jobs.get(number)
        if job is None:
            return
        self.process.say({"t": "stop", "job": number})
        self._kept.pop(job.singer.song.key, None)
        self._finish(number, CROWDED)

    def _forget_oldest(self) -> None:
        """Let go of finished recordings, the least recently played first, beyond the limit."""
        size = sum(len(recording.pcm) for recording in self._kept.values())
        for key, recording in list(self._kept.items()):
            if size <= KEPT_BYTES:
                return
            if recording.done:
                size -= len(recording.pcm)
                del self._kept[key]
