"""Under which names other machines reach this one."""

from __future__ import annotations

import ipaddress
import socket

EVERYWHERE = {"0.0.0.0", "::", ""}
# Nothing is sent there: connecting a datagram socket only asks which way out would be taken.
NOWHERE = ("192.0.2.1", 9)


def own_names(host: str) -> list[str]:
    """Names and addresses for a server that listens on `host`, the best to give away first."""
    if host not in EVERYWHERE:
        return [host, *(["localhost", "127.0.0.1"] if _is_address(host) else [])]
    name = socket.gethostname()
    found = [_way_out(), *_resolved(name), name, f"{name}.local", "localhost", "127.0.0.1"]
    return list(dict.fromkeys(item for item in found if item))


def _way_out() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(NOWHERE)
        except OSError:
            return ""
        address = str(probe.getsockname()[0])
    return "" if address == "0.0.0.0" else address


def _resolved(name: str) -> list[str]:
    try:
        found = socket.getaddrinfo(name, None, socket.AF_INET)
    except OSError:
        return []
    return [str(item[4][0]) for item in found]


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
