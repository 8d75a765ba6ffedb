"""Whether the port is free, said before anything long begins."""

from __future__ import annotations

import errno
import socket

TRIED = 50


def port_problem(host: str, port: int) -> str | None:
    """Say why nothing can listen on `host` and `port`, and what to do; None when it can."""
    try:
        _try(host, port)
    except OSError as error:
        return _explain(host, port, error)
    return None


def _explain(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        free = next((other for other in range(port + 1, port + TRIED) if _free(host, other)), None)
        other = f", or take another: python3 manage.py start --port {free}" if free else ""
        return f"Port {port} is in use. Stop the program that uses it{other}"
    if error.errno == errno.EACCES:
        return f"Port {port} is reserved for the system. Choose one above 1023 with --port."
    if error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
        return (
            f"This machine has no address {host!r}. Use 127.0.0.1 for this machine alone, "
            "or 0.0.0.0 for everyone who can reach it."
        )
    return f"Can't listen on {host}:{port}: {error}"


def _free(host: str, port: int) -> bool:
    try:
        _try(host, port)
    except (OSError, OverflowError):
        return False
    return True


def _try(host: str, port: int) -> None:
    family, kind, number, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with socket.socket(family, kind, number) as probe:
        # As the server itself does: an address that only waits for old packets is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        probe.listen(1)
