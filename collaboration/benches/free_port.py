"""A port for a server that lives as long as a bench or a test."""

import socket


def free_port() -> int:
    """A port of this machine on which nothing listens at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
