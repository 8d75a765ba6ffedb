"""A server of the bench's own and a Chromium that looks at it, with the thread's CPU counted."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from collaboration.benches.free_port import free_port
from editor.home import CHECKOUT

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

START_SECONDS: Final = 60.0
WINDOW: Final = {"width": 1440, "height": 900}
FLAGS: Final = ["--disable-quic", "--disable-background-networking", "--no-sandbox"]


@contextlib.contextmanager
def running_site() -> Iterator[str]:
    """A server with an empty home folder; yields its address without a slash at the end."""
    with tempfile.TemporaryDirectory(prefix="antiphon-bench-") as home:
        port = free_port()
        command = [sys.executable, "manage.py", "start", "--port", str(port)]
        environment = {
            **os.environ,
            "ANTIPHON_HOME": home,
            "ANTIPHON_READY": "1",
            "DJANGO_SETTINGS_MODULE": "editor.settings",
        }
        log = Path(home, "bench.log").open("wb")
        process = subprocess.Popen(
            command, cwd=CHECKOUT, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(process, address, Path(home, "bench.log"))
            yield address
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            log.close()


@contextlib.contextmanager
def open_page() -> Iterator["Page"]:
    """A page in a Chromium without a window.

    Raises:
        RuntimeError: Playwright or Chromium is not installed; says how to get them.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError as missing:
        raise RuntimeError(
            "This bench needs Playwright: python3 manage.py test installs it"
        ) from missing
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        try:
            yield browser.new_context(viewport=WINDOW).new_page()  # type: ignore[arg-type]
        finally:
            browser.close()


class ThreadClock:
    """CPU time of the page's main thread, in ms; other threads and waiting don't count."""

    def __init__(self, page: "Page") -> None:
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def now(self) -> float:
        """CPU ms since the page opened."""
        told = self._session.send("Performance.getMetrics")["metrics"]
        values = {metric["name"]: float(metric["value"]) for metric in told}
        return values["TaskDuration"] * 1000


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}/healthz", timeout=2).close()
            return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')[-2000:]}")
