"""Standard MIDI Files from events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

TimedBytes = tuple[int, bytes]
"""An event as it stands in a file, with its absolute tick; equal ticks keep their order."""


def meta(kind: int, data: bytes) -> bytes:
    """A meta event."""
    return bytes((0xFF, kind)) + variable(len(data)) + data


def variable(number: int) -> bytes:
    """A number 0 … 2^28 - 1 in groups of seven bits, the highest first."""
    groups = [number & 0x7F]
    while number := number >> 7:
        groups.append(number & 0x7F | 0x80)
    return bytes(reversed(groups))


def file_of(tracks: Sequence[Iterable[TimedBytes]], *, division: int) -> bytes:
    """A type-1 file; `division` in ticks a quarter. Tracks need not be sorted."""
    header = b"MThd" + (6).to_bytes(4) + (1).to_bytes(2)
    header += len(tracks).to_bytes(2) + division.to_bytes(2)
    return header + b"".join(_chunk(track) for track in tracks)


def _chunk(events: Iterable[TimedBytes]) -> bytes:
    body = bytearray()
    now = 0
    for tick, event in sorted(events, key=lambda timed: timed[0]):
        gap = tick - now
        while gap >> 28:
            # A gap too long for one delta time is bridged by empty text events.
            body += variable((1 << 28) - 1) + meta(0x01, b"")
            gap -= (1 << 28) - 1
        body += variable(gap) + event
        now = tick
    body += b"\x00" + meta(0x2F, b"")
    return b"MTrk" + len(body).to_bytes(4) + bytes(body)
