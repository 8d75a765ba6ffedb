"""A server with a home of its own for a bench: it can be killed and started again."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from collaboration.benches.free_port import free_port
from collaboration.benches.stage import CHECKOUT, Stage, set_stage

START_SECONDS = 60.0


class House:
    """One Daphne process on a free port, over the database in `home`."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def origin(self) -> str:
        """The Origin of the pages of this server."""
        return f"http://127.0.0.1:{self.port}"

    def address(self, score_id: str) -> str:
        """The score socket of a score."""
        return f"ws://127.0.0.1:{self.port}/ws/scores/{score_id}"

    @property
    def environment(self) -> dict[str, str]:
        """What the server's processes are told."""
        return {
            **os.environ,
            "ANTIPHON_HOME": str(self.home),
            "DJANGO_SETTINGS_MODULE": "editor.settings",
        }

    def migrate(self) -> None:
        """Make the tables."""
        command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
        subprocess.run(command, cwd=CHECKOUT, env=self.environment, check=True)

    def start(self) -> None:
        """Start and wait until it accepts connections."""
        command = [sys.executable, "-m", "daphne", "-b", "127.0.0.1", "-p", str(self.port)]
        command += ["-v", "0", "editor.asgi:application"]
        self._process = subprocess.Popen(
            command, cwd=CHECKOUT, env=self.environment, stdout=subprocess.DEVNULL
        )
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self._process.poll() is not None:
                raise RuntimeError("the server ended at its start")
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            time.sleep(0.05)
        raise RuntimeError("the server did not start")

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()

    def resident_bytes(self) -> int:
        """Memory of the server."""
        assert self._process is not None
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        (line,) = [line for line in status.splitlines() if line.startswith("VmRSS:")]
        return int(line.split()[1]) * 1024

    def connections(self) -> int:
        """How many sockets are open at the server's side."""
        port = f":{self.port:04X}"
        rows = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
        established = "01"
        return sum(row.split()[1].endswith(port) and row.split()[3] == established for row in rows)

    def stage(self, *, people: int, notes: int) -> Stage:
        """People and a score in this house."""
        return set_stage(self.home, people=people, notes=notes)


@contextlib.contextmanager
def running_house() -> Iterator[House]:
    """A running server that leaves nothing behind."""
    with tempfile.TemporaryDirectory(prefix="antiphon-bench-") as folder:
        house = House(Path(folder))
        house.migrate()
        house.start()
        try:
            yield house
        finally:
            house.kill()
