"""The worker that holds the engines: it answers one question after the other.

One thread does everything. Between two events of an engine it looks at the pipe, so a cancel or a
new question waits for one event at most; closing an engine's iterator is what cancels it.
"""

import logging
import os
from collections import deque
from collections.abc import Iterator
from typing import Any

from editor.score.score import Note
from generation.engines.registry import Roster
from generation.ports import DoneEvent, EngineError, Event, NoteEvent, ProgressEvent
from generation.worker.frames import Inbox, Message, pack
from generation.worker.packing import unpack_request

log = logging.getLogger("generation.worker")


class Thinking:
    """Answers `propose` and `cancel` messages; job numbers are the server's."""

    def __init__(self, inbox: Inbox, output: int) -> None:
        self._inbox = inbox
        self._output = output
        self._roster = Roster()
        self._jobs: deque[tuple[int, Iterator[Event]]] = deque()

    def run(self) -> None:
        """Work until the server closes the pipe."""
        failed = self._roster.load_all()
        self._say({"t": "ready", "failed": failed})
        while self._inbox.open:
            for message in self._inbox.take(wait=not self._jobs):
                self._obey(message)
            if self._jobs:
                self._step()

    def _obey(self, message: Message) -> None:
        if message["t"] == "propose":
            try:
                events = self._propose(message["request"])
            except EngineError as problem:
                self._fail(message["job"], problem)
            else:
                self._jobs.append((message["job"], events))
        elif message["t"] == "cancel":
            for entry in [entry for entry in self._jobs if entry[0] == message["job"]]:
                self._jobs.remove(entry)
                _close(entry[1])

    def _propose(self, body: dict[str, Any]) -> Iterator[Event]:
        request = unpack_request(body)
        return iter(self._roster.engine(request.kind).propose(request))

    def _step(self) -> None:
        """Let the first job say one thing."""
        job, events = self._jobs[0]
        try:
            self._say(_plain(job, next(events)))
        except StopIteration:
            self._jobs.popleft()
            self._say({"t": "end", "job": job})
        except EngineError as problem:
            self._jobs.popleft()
            self._fail(job, problem)
        except BrokenPipeError:
            raise
        except Exception:
            self._jobs.popleft()
            log.exception("an engine failed")
            text = "The engine stopped with a fault. Ask again, or change the region."
            self._fail(job, EngineError("engine_failed", text))

    def _fail(self, job: int, problem: EngineError) -> None:
        self._say({"t": "failed", "job": job, "code": problem.code, "text": problem.text})

    def _say(self, message: Message) -> None:
        data = memoryview(pack(message))
        while data:
            data = data[os.write(self._output, data) :]


def _plain(job: int, event: Event) -> Message:
    match event:
        case NoteEvent(candidate, note, logp):
            return {
                "t": "note",
                "job": job,
                "candidate": candidate,
                "note": _values(note),
                "logp": round(float(logp), 4),
            }
        case ProgressEvent(candidate, tick):
            return {"t": "progress", "job": job, "candidate": candidate, "tick": int(tick)}
        case DoneEvent(candidate, stats):
            return {"t": "done", "job": job, "candidate": candidate, "stats": stats}


def _values(note: Note) -> list[Any]:
    numbers = (note.pitch, note.start, note.duration, note.velocity)
    return [note.track, *(int(number) for number in numbers)]


def _close(events: Iterator[Event]) -> None:
    close = getattr(events, "close", None)
    if close is not None:
        close()
