"""The server's side of the engines: questions go to a worker process, events come back.

One worker runs beside this process. A question that a dying worker takes along is put again once;
engines are deterministic, so what was already heard is skipped and the music goes on.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final, Protocol

from generation.process import WorkerProcess
from generation.worker.frames import Message

log = logging.getLogger("generation.pool")

ATTEMPTS: Final = 2
STILLBORN: Final = 3
"""Starts that may fail in a row before the questions that wait are given up."""
STALL_SECONDS: Final = 30.0
"""An engine that is silent for longer hangs: its worker is ended."""
WAKE_SECONDS: Final = 120.0
"""A worker that needs longer to wake is given up for the questions that wait."""


class Listener(Protocol):
    """Who hears the answer to one question. Calls come on the event loop, in order."""

    def begins(self) -> None:
        """The engine has the question now."""

    def interrupted(self) -> None:
        """The engine was lost; the question will be put again."""

    def note(self, candidate: int, note: list[Any], logp: float) -> None:
        """`note` is [track, pitch, start, duration, velocity]."""

    def progress(self, candidate: int, tick: int) -> None:
        """A candidate is written up to `tick`."""

    def done(self, candidate: int, stats: dict[str, float]) -> None:
        """A candidate is complete."""

    def end(self) -> None:
        """All candidates are complete."""

    def failed(self, code: str, text: str) -> None:
        """There is no (further) answer."""


class Pool(Protocol):
    """Where questions are answered: beside this process, or elsewhere."""

    def wake(self) -> None:
        """Somebody may ask soon."""

    @property
    def awake(self) -> bool:
        """Whether a question would be answered without waiting for a start."""

    def propose(self, request: dict[str, Any], listener: Listener) -> int:
        """Put a packed request; returns the job's number."""

    def cancel(self, job: int) -> None:
        """Stop a job; its listener hears nothing more."""


@dataclass(slots=True)
class _Job:
    request: dict[str, Any]
    listener: Listener
    attempts: int = 0
    heard: dict[int, int] = field(default_factory=dict)
    skip: dict[int, int] = field(default_factory=dict)
    complete: set[int] = field(default_factory=set)
    since: float = 0.0


class EmbeddedPool:
    """A pool of one subprocess on this machine, nice 10, torch on one thread."""

    def __init__(self, clock: Callable[[], float] | None = None) -> None:
        self._clock = clock or (lambda: asyncio.get_running_loop().time())
        self._numbers = count(1)
        self._jobs: dict[int, _Job] = {}
        self._watch: asyncio.Task[None] | None = None
        self._stillborn = 0
        self.process = WorkerProcess(
            "thinking", heard=self._heard, died=self._died, woke=self._woke
        )

    @property
    def awake(self) -> bool:
        """Whether the worker is ready."""
        return self.process.ready

    def wake(self) -> None:
        """Start the worker when there is none."""
        self.process.wake()

    def propose(self, request: dict[str, Any], listener: Listener) -> int:
        """Put a packed request; it waits for the worker to wake."""
        self.wake()
        number = next(self._numbers)
        self._jobs[number] = _Job(request, listener, since=self._clock())
        if self.awake:
            self._put(number)
        if self._watch is None or self._watch.done():
            self._watch = asyncio.get_running_loop().create_task(self._watch_for_stalls())
        return number

    def cancel(self, job: int) -> None:
        """Stop a job; its listener hears nothing more."""
        if self._jobs.pop(job, None) is not None:
            self.process.say({"t": "cancel", "job": job})

    async def close(self) -> None:
        """End the worker and give up what it was doing."""
        self._jobs.clear()
        if self._watch is not None:
            self._watch.cancel()
        await self.process.close()

    def _put(self, number: int) -> None:
        job = self._jobs[number]
        job.attempts += 1
        job.skip = dict(job.heard)
        job.since = self._clock()
        self.process.say({"t": "propose", "job": number, "request": job.request})
        job.listener.begins()

    def _woke(self, message: Message) -> None:
        self._stillborn = -1
        for kind, text in message.get("failed", {}).items():
            log.error("no engine for %s: %s", kind, text)
        for number in list(self._jobs):
            self._put(number)

    def _died(self) -> None:
        self._stillborn += 1
        for number, job in list(self._jobs.items()):
            if job.attempts >= ATTEMPTS:
                text = "The model stopped twice while it was writing this. Ask again."
                self._fail(number, "worker_died", text)
            elif self._stillborn >= STILLBORN:
                text = "The model can't start. The server's log says why."
                self._fail(number, "engine_failed", text)
            elif job.attempts:
                job.listener.interrupted()

    def _heard(self, message: Message, _: bytes) -> None:
        number = message["job"]
        job = self._jobs.get(number)
        if job is None:
            return
        job.since = self._clock()
        match message["t"]:
            case "note":
                candidate = message["candidate"]
                if job.skip.get(candidate, 0) > 0:
                    job.skip[candidate] -= 1
                    return
                job.heard[candidate] = job.heard.get(candidate, 0) + 1
                job.listener.note(candidate, message["note"], message["logp"])
            case "progress":
                job.listener.progress(message["candidate"], message["tick"])
            case "done" if message["candidate"] not in job.complete:
                job.complete.add(message["candidate"])
                job.listener.done(message["candidate"], message["stats"])
            case "end":
                del self._jobs[number]
                job.listener.end()
            case "failed":
                self._fail(number, message["code"], message["text"])

    def _fail(self, number: int, code: str, text: str) -> None:
        self._jobs.pop(number).listener.failed(code, text)

    async def _watch_for_stalls(self) -> None:
        while self._jobs:
            await asyncio.sleep(1.0)
            limit = STALL_SECONDS if self.awake else WAKE_SECONDS
            now = self._clock()
            silent = [number for number, job in self._jobs.items() if now - job.since > limit]
            for number in silent:
                text = "The model has not answered for a long time. Ask again."
                self._fail(number, "too_slow", text)
            if silent and self.awake:
                self.process.kill()
