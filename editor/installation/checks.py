"""``manage.py test``: lint, types, and the tests of both languages, with one closing line."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from editor.installation.places import NODE_MODULES, SCRIPTS, VENV_PYTHON
from editor.installation.steps import Conductor, Outcome, Step
from editor.installation.tally import Tally, of_junit, of_vitest

TAIL = 80
UNKNOWN_OPTION = "pytest.PytestConfigWarning"  # pytest-asyncio's, where that plugin is off
NO_TESTS = 5  # pytest's exit status when it found none


@dataclass(frozen=True, slots=True)
class Check:
    """A step and, where it runs tests, how to count them."""

    step: Step
    count: Callable[[], Tally] | None = None


def run_checks(browser: str) -> int:
    """Run everything; print one line a step, then ``N passed, N failed``. 0 when none failed.

    Args:
        browser: path of the Chromium for the browser tests.
    """
    began = time.monotonic()
    conductor = Conductor(sys.stdout)
    with tempfile.TemporaryDirectory(prefix="antiphon-checks-") as folder:
        env = {
            "ANTIPHON_HOME": str(Path(folder) / "home"),
            "ANTIPHON_READY": "1",
            "CHROMIUM": browser,
            "PYTHONUNBUFFERED": "1",
            "NO_COLOR": "1",  # the logs are read as text
        }
        quick, slow = _checks(Path(folder), env)
        if not os.environ.get("ANTIPHON_DATA"):
            print("ANTIPHON_DATA names no folder: the long round trips are left out.", flush=True)
        outcomes = conductor.run([[check.step] for check in quick], at_once=_workers())
        # These talk to real servers in real time: each has the machine to itself.
        for check in slow:
            outcomes += conductor.run([[check.step]])
        tally = _report([*quick, *slow], outcomes)
    if tally.skipped:
        print(f"{tally.skipped} skipped")
    print(f"Checked in {time.monotonic() - began:.0f} s.")
    print(f"{tally.passed} passed, {tally.failed} failed", flush=True)
    if tally.failed == 0:
        shutil.rmtree(conductor.folder, ignore_errors=True)
    return 1 if tally.failed else 0


def _checks(folder: Path, env: dict[str, str]) -> tuple[list[Check], list[Check]]:
    """All checks: those that run side by side, longest first, and those that run alone."""

    def lint(name: str, *command: str) -> Check:
        return Check(Step(name, command, env=env, limit=600))

    def pytest(name: str, where: str, *more: str) -> Check:
        report = folder / f"{where}.xml"
        command = [
            str(VENV_PYTHON), "-m", "pytest", f"tests/{where}", f"--junitxml={report}", *more,
        ]  # fmt: skip
        return Check(Step(name, command, env=env, limit=1800), lambda: of_junit(report))

    def ruff(name: str, *arguments: str) -> Check:
        return lint(name, str(SCRIPTS / "ruff"), *arguments)

    report = folder / "vitest.json"
    vitest = Check(
        Step(
            "Vitest",
            [_node("vitest"), "run", "--reporter=default", "--reporter=json",
             f"--outputFile.json={report}"],
            env=env,
            limit=600,
        ),
        lambda: of_vitest(report),
    )  # fmt: skip
    quick = [
        lint("mypy", str(SCRIPTS / "mypy")),
        pytest("pytest unit", "unit"),
        vitest,
        lint("eslint", _node("eslint"), "--max-warnings", "0", "."),
        lint("tsc", _node("tsc"), "--noEmit"),
        ruff("ruff", "check", "."),
        ruff("ruff format", "format", "--check", "."),
    ]
    slow = [
        pytest("pytest integration", "integration"),
        # Playwright's synchronous interface and pytest-asyncio fight over the event loop.
        pytest("pytest browser", "browser", "-p", "no:asyncio", "-W", f"ignore::{UNKNOWN_OPTION}"),
    ]
    return quick, slow


def _report(checks: list[Check], outcomes: list[Outcome]) -> Tally:
    """Show the logs of failed steps; sum the tests. A failed step without tests counts as one."""
    total = Tally()
    for check in checks:
        outcome = next(item for item in outcomes if item.step is check.step)
        tally = check.count() if check.count else Tally()
        if not outcome.succeeded:
            if tally.failed == 0:
                tally += Tally(failed=1)
            print(f"\n── {outcome.step.name} failed (status {outcome.code}) ──")
            if outcome.code == NO_TESTS and check.count:
                print("No test was found.")
            print(outcome.tail(TAIL))
            print(f"── the whole log: {outcome.log}\n", flush=True)
        total += tally
    return total


def _workers() -> int:
    return max(2, min(4, os.cpu_count() or 2))


def _node(tool: str) -> str:
    """The path of a tool among the front end's packages."""
    return str(NODE_MODULES / ".bin" / (f"{tool}.cmd" if os.name == "nt" else tool))
