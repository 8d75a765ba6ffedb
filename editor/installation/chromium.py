"""Finds a Chromium for the browser tests, or brings one."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from editor.installation.places import VENV_PYTHON
from editor.installation.steps import Conductor, Step

ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL_LINE = "apt-get update && apt-get install -y chromium"
ASK_PLAYWRIGHT = """\
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


class ChromiumMissing(Exception):
    """There is no Chromium and none can be brought. The text gives the command to run."""


def chromium(conductor: Conductor) -> str:
    """Return the path of a Chromium that starts, installing one where there is none.

    Looked for in this order: ``$CHROMIUM``, the PATH, Playwright's own browsers; then Playwright's
    download, then the system's packages when this is root on Debian or Ubuntu.

    Raises:
        ChromiumMissing: with what to do.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        if _starts(named):
            return named
        raise ChromiumMissing(f"CHROMIUM names {named}, which does not start. Correct or unset it.")
    if found := _found():
        return found
    steps = [
        Step(
            "Chromium by Playwright",
            [str(VENV_PYTHON), "-m", "playwright", "install", "chromium"],
            env={"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "15000"},
            limit=300,
        )
    ]
    if _may_use_apt():
        steps.append(Step("Chromium by apt", ["sh", "-c", INSTALL_LINE], limit=600))
    for step in steps:
        [outcome] = conductor.run([[step]])
        if found := _found():
            return found
        if step is steps[-1]:
            print(outcome.tail(12), file=conductor.out)
    raise ChromiumMissing(
        "The browser tests need Chromium. Install it, for example on Debian with\n"
        f"    sudo sh -c '{INSTALL_LINE}'\n"
        "or set CHROMIUM to the path of one, then run the tests again."
    )


def _found() -> str | None:
    candidates = [path for name in ON_PATH if (path := shutil.which(name))]
    # Asking Playwright costs half a second: only when nothing lies on the PATH.
    return next(filter(_starts, candidates), None) or _playwrights_own()


def _playwrights_own() -> str | None:
    said = subprocess.run(
        [str(VENV_PYTHON), "-c", ASK_PLAYWRIGHT], capture_output=True, text=True, check=False
    )
    path = said.stdout.strip()
    return path if path and Path(path).exists() and _starts(path) else None


def _starts(path: str) -> bool:
    """A browser whose shared libraries are missing exists, but does not start."""
    try:
        said = subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.returncode == 0


def _may_use_apt() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None
