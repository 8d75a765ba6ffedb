"""A worker process as the server sees it: woken when first needed, restarted when it dies."""

import asyncio
import contextlib
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from generation.worker.frames import BrokenFrame, Message, pack, read

log = logging.getLogger("generation.process")

ROOT: Final = Path(__file__).resolve().parent.parent
PAUSES: Final = (0.0, 0.5, 2.0, 8.0)
"""Seconds before the next start, by how many times in a row it died before it was ready."""


class WorkerProcess:
    """One subprocess `python -m generation.worker ROLE` and the pipe to it.

    `heard(message, blob)` is called for each message of the worker except "ready"; `died()` once
    after each death, before the next start. Both run on the event loop and must not block.
    """

    def __init__(
        self,
        role: str,
        *,
        heard: Callable[[Message, bytes], None],
        died: Callable[[], None],
        woke: Callable[[Message], None] = lambda message: None,
    ) -> None:
        self.role = role
        self.ready = False
        self._heard = heard
        self._died = died
        self._woke = woke
        self._process: asyncio.subprocess.Process | None = None
        self._keeper: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The process id while a worker runs."""
        return self._process.pid if self._process is not None else None

    def wake(self) -> None:
        """See to it that a worker runs; returns at once."""
        if self._keeper is None or self._keeper.done():
            self._keeper = asyncio.get_running_loop().create_task(self._keep())

    def say(self, message: Message) -> None:
        """Send a message; without a ready worker it is dropped (its death is reported)."""
        if self.ready and self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(ConnectionError, RuntimeError):
                self._process.stdin.write(pack(message))

    def kill(self) -> None:
        """End a worker that hangs; it is reported as dead and started again."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    async def close(self) -> None:
        """End the worker for good."""
        if self._keeper is not None:
            self._keeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeper

    async def _keep(self) -> None:
        failures = 0
        while True:
            await asyncio.sleep(PAUSES[min(failures, len(PAUSES) - 1)])
            was_ready = await self._live()
            failures = 0 if was_ready else failures + 1
            log.warning("the %s worker ended; starting it again", self.role)
            self._died()

    async def _live(self) -> bool:
        """Run one worker until it ends; whether it ever became ready."""
        self._process = process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "generation.worker",
            self.role,
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        woken = False
        try:
            assert process.stdout is not None
            while True:
                message, blob = await read(process.stdout)
                if message["t"] == "ready":
                    self.ready = woken = True
                    self._woke(message)
                else:
                    self._heard(message, blob)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        except BrokenFrame:
            log.exception("the %s worker lost the thread", self.role)
        finally:
            self.ready = False
            self._process = None
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        return woken
