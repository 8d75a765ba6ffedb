"""From a bare checkout to a running command: what ``manage.py`` hands over to.

Standard library only. Sets up what the command needs (`editor.installation`), then runs it inside
the checkout's virtual environment. What is already there is recognised by its stamp and skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import NoReturn

from editor.installation.places import CHECKOUT, VENV_PYTHON, inside_venv
from editor.installation.plan import Needs, front_end_chain, python_chain
from editor.installation.prerequisites import missing_prerequisites
from editor.installation.steps import Conductor, Outcome
from editor.installation.turn import our_turn

READY = "ANTIPHON_READY"
"""Set in the environment of processes for which set-up has been done already."""

USAGE = """\
Antiphon: people and models compose together.

  python3 manage.py start [--port N] [--host ADDRESS] [--behind-proxy]
  python3 manage.py test
  python3 manage.py bench [NAME] [--json]

Any other command is one of Django's: python3 manage.py help
"""


def enter(arguments: Sequence[str]) -> int:
    """Run one command line; return its exit status."""
    if not arguments:
        print(USAGE, end="")
        return 0
    try:
        return _run(arguments[0], arguments[1:])
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def _run(command: str, rest: Sequence[str]) -> int:
    if command == "test":
        return _test(rest)
    if command == "start":
        return _start(rest)
    if not inside_venv() and not _set_up(Needs()):
        return 1
    if not inside_venv():
        _become_venv([command, *rest])
    return _django([command, *rest])


def _start(rest: Sequence[str]) -> int:
    from editor.serving.options import parse
    from editor.serving.ports import port_problem

    began = time.time()
    options = parse(rest)
    if problem := port_problem(options.host, options.port):
        print(problem, file=sys.stderr)
        return 1
    if not _set_up(Needs()):
        return 1
    os.environ.setdefault("ANTIPHON_BEGAN", str(began))
    if not inside_venv():
        _become_venv(["start", *rest])
    os.environ.update(options.environment())
    from editor.serving.server import serve

    return serve(options)


def _test(rest: Sequence[str]) -> int:
    from editor.installation.chromium import ChromiumMissing, chromium

    if rest:
        print("`test` runs everything and takes no arguments.", file=sys.stderr)
        return 2
    if not _set_up(Needs(tests=True)):
        return 1
    try:
        browser = chromium(Conductor(sys.stdout))
    except ChromiumMissing as error:
        print(error, file=sys.stderr)
        return 1
    from editor.installation.checks import run_checks

    return run_checks(browser)


def _set_up(needs: Needs) -> bool:
    """Install and build what `needs` names and is not fresh. Says what it does on stderr."""
    if os.environ.get(READY) == "1":
        return True
    if missing := missing_prerequisites(front_end=needs.front_end):
        print("Antiphon needs, and can't find here:", file=sys.stderr)
        for item in missing:
            print(f"  - {item}", file=sys.stderr)
        return False
    with our_turn(lambda: print("Another set-up is under way; waiting for it.", file=sys.stderr)):
        chains = [python_chain(needs), front_end_chain(needs)]
        if not any(chains):
            return True
        began = time.monotonic()
        print("Setting up (only what has changed):", file=sys.stderr)
        conductor = Conductor(sys.stderr)
        outcomes = conductor.run(chains)
        if failed := [outcome for outcome in outcomes if not outcome.succeeded]:
            for outcome in failed:
                explain(outcome)
            return False
        if any(outcome.step.name == "Front-end bundle" for outcome in outcomes):
            _compress_bundle()
        shutil.rmtree(conductor.folder, ignore_errors=True)
        print(f"Set up in {time.monotonic() - began:.0f} s.", file=sys.stderr)
    return True


def explain(outcome: Outcome) -> None:
    """Show the tail of a failed step's log and what to do."""
    print(f"\n{outcome.step.name} failed (status {outcome.code}). The end of its log:\n",
          file=sys.stderr)  # fmt: skip
    print("\n".join(f"    {line}" for line in outcome.tail().splitlines()), file=sys.stderr)
    print(f"\nThe whole log: {outcome.log}", file=sys.stderr)
    if outcome.step.advice:
        print(outcome.step.advice, file=sys.stderr)


def _compress_bundle() -> None:
    """Lay a gzip copy beside each text file of the bundle, so that none is packed per request."""
    command = [str(VENV_PYTHON), "-m", "whitenoise.compress", "--quiet", "static/dist"]
    subprocess.run(command, cwd=CHECKOUT, check=False)


def _become_venv(arguments: Sequence[str]) -> NoReturn:
    """Run the same command inside the virtual environment, in place of this process."""
    os.environ[READY] = "1"
    command = [str(VENV_PYTHON), str(CHECKOUT / "manage.py"), *arguments]
    sys.stdout.flush()
    if os.name == "nt":
        raise SystemExit(subprocess.call(command))
    os.execv(command[0], command)


def _django(arguments: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "editor.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["manage.py", *arguments])
    return 0
