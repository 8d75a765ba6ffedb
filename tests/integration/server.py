"""A real server in a process of its own: it can be killed and started again on the same port."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from collaboration.benches.free_port import free_port

CHECKOUT = Path(__file__).resolve().parent.parent.parent
READY_WITHIN = 60.0


class Server:
    """One server with its own home folder. `home` outlives a kill and a restart."""

    def __init__(
        self,
        home: Path,
        *,
        environment: dict[str, str] | None = None,
        options: tuple[str, ...] = (),
    ) -> None:
        self.home = home
        self.port = free_port()
        self.environment = environment or {}
        self.options = list(options)
        self.process: subprocess.Popen[bytes] | None = None
        self.log = home / "process.log"

    @property
    def url(self) -> str:
        """Where pages are, without a trailing slash; also the Origin of its pages."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def socket_url(self) -> str:
        """Where sockets are, without a trailing slash."""
        return f"ws://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self.process is not None, "the server was never started"
        return self.process.pid

    def start(self) -> None:
        """Start it and wait until it answers; on failure the error holds its log."""
        assert self.process is None or self.process.poll() is not None, "it runs already"
        self.home.mkdir(parents=True, exist_ok=True)
        environment = {
            **os.environ,
            "ANTIPHON_HOME": str(self.home),
            "ANTIPHON_READY": "1",
            "DJANGO_SETTINGS_MODULE": "editor.settings",
            "PYTHONUNBUFFERED": "1",
            **self.environment,
        }
        command = [sys.executable, "manage.py", "start", "--port", str(self.port), *self.options]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=CHECKOUT, env=environment, stdout=log, stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        self._wait()

    def kill(self) -> None:
        """End the web process with kill -9. Its worker has to notice by itself."""
        self._signal(signal.SIGKILL)

    def stop(self) -> int:
        """Ask it to end, as Ctrl-C does; return its exit status."""
        return self._signal(signal.SIGINT)

    def restart(self) -> None:
        """Kill it and start it again on the same port with the same home."""
        self.kill()
        self.start()

    def said(self) -> str:
        """Everything that it printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def resident_bytes(self) -> int:
        """Memory of the web process alone."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        raise AssertionError("no VmRSS")

    def _signal(self, number: signal.Signals) -> int:
        process = self.process
        assert process is not None
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(number)
        try:
            return process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.end_group()
            process.wait()
            raise AssertionError(f"the server did not stop within 20 s:\n{self.said()}") from None

    def end_group(self) -> None:
        """End whatever is left of the server and its workers."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def left_behind(self, within: float = 10.0) -> list[str]:
        """Command lines of workers that still live `within` seconds after the server's end."""
        until = time.monotonic() + within
        while (left := _living(self.pid)) and time.monotonic() < until:
            time.sleep(0.1)
        return left

    def _wait(self) -> None:
        assert self.process is not None
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended at its start:\n{self.said()}")
            with contextlib.suppress(OSError, urllib.error.URLError, ValueError):
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                    if json.load(answer)["status"] == "ok":
                        return
            time.sleep(0.05)
        self.end_group()
        raise AssertionError(f"the server did not answer in {READY_WITHIN} s:\n{self.said()}")


@contextlib.contextmanager
def running_server(
    *, environment: dict[str, str] | None = None, options: tuple[str, ...] = ()
) -> Iterator[Server]:
    """A started server with a temporary home, both gone afterwards."""
    with tempfile.TemporaryDirectory(
        prefix="antiphon-server-", ignore_cleanup_errors=True
    ) as folder:
        server = Server(Path(folder), environment=environment, options=options)
        server.start()
        try:
            yield server
            if server.process is not None and server.process.poll() is None:
                server.stop()
            left = server.left_behind()
            assert not left, f"processes outlived their server: {left}"
        finally:
            server.end_group()


def _living(group: int) -> list[str]:
    """Command lines of the processes of a group, those already dead left out."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, _, its_group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return found
