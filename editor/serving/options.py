"""The options of ``manage.py start`` and what they mean for the settings.

Standard library only: options are read before anything is installed.
"""

from __future__ import annotations

import argparse
import ipaddress
import os
from collections.abc import Sequence
from dataclasses import dataclass

from editor.serving.addresses import own_names

DEFAULT_PORT = 8000
LOOPBACK_NAMES = {"localhost"}


@dataclass(frozen=True, slots=True)
class StartOptions:
    """Where to listen, and who ends TLS."""

    host: str
    port: int
    behind_proxy: bool
    hosts_named: bool = False
    """Whether ANTIPHON_HOSTS was set by a person."""

    @property
    def secure(self) -> bool:
        """Whether this process serves https itself: wherever others could listen in."""
        return not self.behind_proxy and not is_loopback(self.host)

    @property
    def names(self) -> list[str]:
        """Host names and addresses at which people may ask for this server."""
        if self.behind_proxy or not is_loopback(self.host):
            return own_names(self.host)
        return [self.host]

    def environment(self) -> dict[str, str]:
        """The variables that `editor.settings` reads; what a person has set already is kept."""
        hosts = [os.environ.get("ANTIPHON_HOSTS", ""), *map(bracketed, self.names)]
        origins = [os.environ.get("ANTIPHON_ORIGINS", "")]
        if self.secure:
            origins += [f"https://{bracketed(name)}:{self.port}" for name in self.names]
        variables = {
            "ANTIPHON_HOSTS": ",".join(filter(None, hosts)),
            "ANTIPHON_ORIGINS": ",".join(filter(None, origins)),
        }
        if self.secure:
            variables["ANTIPHON_SECURE"] = "1"
        if self.behind_proxy:
            variables["ANTIPHON_PROXY"] = "1"
            variables["ANTIPHON_SECURE"] = os.environ.get("ANTIPHON_SECURE", "1")
        return variables


def parse(arguments: Sequence[str]) -> StartOptions:
    """Read the options of ``start``. Exits with a message when they make no sense."""
    parser = argparse.ArgumentParser(
        prog="manage.py start", description="Serve Antiphon until Ctrl-C."
    )
    parser.add_argument(
        "--port", type=_port, default=DEFAULT_PORT, help=f"port to listen on ({DEFAULT_PORT})"
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="address to listen on; another than loopback is served over https (127.0.0.1)",
    )
    parser.add_argument(
        "--behind-proxy",
        action="store_true",
        help="serve plain http for a proxy that ends TLS; ANTIPHON_HOSTS names its public hosts",
    )
    read = parser.parse_args(list(arguments))
    return StartOptions(
        host=read.host,
        port=read.port,
        behind_proxy=read.behind_proxy,
        hosts_named=bool(os.environ.get("ANTIPHON_HOSTS")),
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host`."""
    if host in LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def bracketed(name: str) -> str:
    """An IPv6 address as it stands in a URL ("[::1]"); anything else as it is."""
    return f"[{name}]" if ":" in name else name


def _port(text: str) -> int:
    try:
        port = int(text)
    except ValueError:
        port = -1
    if not 1 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; choose one from 1024 to 65535")
    return port
