"""Steps of work in other processes: run side by side, each with a log and a line of progress."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from editor.installation.places import CHECKOUT

TAIL_LINES = 40
INTERRUPT = signal.SIGTERM if os.name == "nt" else signal.SIGINT
GRACE = 20.0
"""Seconds that an interrupted step may take to clean up after itself."""
SPOKEN_EVERY = 15.0
"""Seconds between two signs of life of one step where the output is no terminal."""


@dataclass(frozen=True, slots=True)
class Step:
    """One command.

    Attributes:
        name: what the progress line calls it.
        command: the program and its arguments.
        advice: what a person can do when it fails.
        env: environment variables on top of this process's own.
        limit: seconds after which it counts as failed; None waits for ever.
        after: called once it has succeeded.
    """

    name: str
    command: Sequence[str]
    advice: str = ""
    env: dict[str, str] = field(default_factory=dict)
    limit: float | None = None
    after: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a step ended. `code` is its exit status, -1 when it did not start, 124 past its limit."""

    step: Step
    code: int
    seconds: float
    log: Path

    @property
    def succeeded(self) -> bool:
        """Whether it ended with status 0."""
        return self.code == 0

    def tail(self, lines: int = TAIL_LINES) -> str:
        """The last lines of what it printed."""
        text = self.log.read_text(encoding="utf-8", errors="replace")
        return "\n".join(text.rstrip().splitlines()[-lines:])


class Conductor:
    """Runs chains of steps at once and says how they get on.

    A chain stops at its first failure; the others go on, so that one run shows all that is wrong.
    """

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.folder = Path(tempfile.mkdtemp(prefix="antiphon-steps-"))
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._stopping = False
        self._lock = threading.Lock()

    def run(self, chains: Sequence[Sequence[Step]], at_once: int = 2) -> list[Outcome]:
        """Run every chain; return the outcomes of all steps that ran, in the order given.

        Raises:
            KeyboardInterrupt: after the running steps were ended.
        """
        with ThreadPoolExecutor(max_workers=at_once) as pool:
            futures = [pool.submit(self._chain, chain) for chain in chains if chain]
            try:
                return [outcome for future in futures for outcome in future.result()]
            except BaseException:
                self._stop()
                raise

    def _chain(self, chain: Sequence[Step]) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for step in chain:
            if self._stopping:
                break
            outcomes.append(self._step(step))
            if not outcomes[-1].succeeded:
                break
        return outcomes

    def _step(self, step: Step) -> Outcome:
        log = self.folder / f"{step.name.lower().replace(' ', '-')}.log"
        began = time.monotonic()
        self._say(f"  …  {step.name}")
        with log.open("wb") as file:
            try:
                process = subprocess.Popen(
                    list(step.command),
                    cwd=CHECKOUT,
                    env={**os.environ, **step.env},
                    stdin=subprocess.DEVNULL,
                    stdout=file,
                    stderr=subprocess.STDOUT,
                )
            except OSError as error:
                file.write(f"{step.command[0]} can't be started: {error}\n".encode())
                code = -1
            else:
                with self._lock:
                    self._processes.add(process)
                code = self._watch(step, process, log, began)
                with self._lock:
                    self._processes.discard(process)
        outcome = Outcome(step, code, time.monotonic() - began, log)
        if outcome.succeeded and step.after is not None:
            step.after()
        sign = "ok" if outcome.succeeded else "FAILED"
        self._say(f"  {sign:<2} {step.name}  {outcome.seconds:.1f} s")
        return outcome

    def _watch(self, step: Step, process: subprocess.Popen[bytes], log: Path, began: float) -> int:
        spoken = began
        while True:
            try:
                return process.wait(timeout=0.1 if time.monotonic() - began < 5 else 0.5)
            except subprocess.TimeoutExpired:
                now = time.monotonic()
            if step.limit is not None and now - began > step.limit:
                _end(process)
                with log.open("ab") as file:
                    file.write(f"\nStopped after {step.limit:.0f} s.\n".encode())
                return 124
            if now - spoken >= SPOKEN_EVERY:
                spoken = now
                self._say(f"     {step.name}  {now - began:.0f} s: {_last_line(log)}")

    def _stop(self) -> None:
        self._stopping = True
        with self._lock:
            for process in self._processes:
                process.send_signal(INTERRUPT)

    def _say(self, line: str) -> None:
        with self._lock:
            print(line, file=self.out, flush=True)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Interrupt it, so that it can end what it has started; kill it when it does not."""
    process.send_signal(INTERRUPT)
    try:
        process.wait(timeout=GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _last_line(log: Path) -> str:
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 2000))
        lines = file.read().decode("utf-8", errors="replace").split("\n")
    shown = [line.split("\r")[-1].strip() for line in lines]
    return next((line[:90] for line in reversed(shown) if line), "…")
