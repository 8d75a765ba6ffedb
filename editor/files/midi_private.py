"""What MIDI has no words for, in one sequencer-specific event a track that others skip."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from editor.score.ticks import LAST_TICK

SEQUENCER_SPECIFIC: Final = 0x7F
_PREFIX: Final = b"\x7dAntiphon"
"""The manufacturer id set aside for free use, and a name to tell ours from others'."""


def private_event(content: dict[str, object]) -> bytes:
    """The data of the event."""
    return _PREFIX + json.dumps(content, separators=(",", ":"), sort_keys=True).encode()


def private_content(data: bytes) -> dict[str, object] | None:
    """What `private_event` put into `data`; None when it is not ours or is damaged."""
    if not data.startswith(_PREFIX):
        return None
    try:
        content = json.loads(data[len(_PREFIX) :])
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def curve_of(rows: object, *, low: int, high: int) -> dict[int, tuple[int, int]]:
    """`[[tick, value, shape] …]` as a curve; empty when anything in it is out of bounds."""
    curve: dict[int, tuple[int, int]] = {}
    for row in rows if isinstance(rows, list) else []:
        if not (isinstance(row, list) and len(row) == 3 and all(type(n) is int for n in row)):
            return {}
        tick, value, shape = row
        if not (0 <= tick <= LAST_TICK and low <= value <= high and shape in (0, 1)):
            return {}
        curve[tick] = (value, shape)
    return curve


def rows_of(curve: Iterable[tuple[int, tuple[int, int]]]) -> list[list[int]]:
    """A curve as `[[tick, value, shape] …]`."""
    return [[tick, value, shape] for tick, (value, shape) in sorted(curve)]
