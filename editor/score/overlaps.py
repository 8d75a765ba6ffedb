"""Notes of one pitch and track never overlap: a key that sounds is struck anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from editor.score.score import Note


def without_overlaps(notes: Iterable[Note]) -> list[Note]:
    """The same notes, each shortened to end where the next of its pitch and track begins.

    Of several that begin at once the longest stays (the louder, then the lesser id, when equal).
    The order is by start, pitch and track; a note is at least one tick long.
    """
    ordered = sorted(notes, key=_strike_order)
    kept: list[Note] = []
    sounding: dict[tuple[str, int], int] = {}
    for note in ordered:
        line = (note.track, note.pitch)
        earlier_at = sounding.get(line)
        if earlier_at is not None:
            earlier = kept[earlier_at]
            if earlier.start == note.start:
                continue
            if earlier.end > note.start:
                kept[earlier_at] = replace(earlier, duration=note.start - earlier.start)
        sounding[line] = len(kept)
        kept.append(note)
    return kept


def _strike_order(note: Note) -> tuple[int, int, str, int, int, str]:
    return note.start, note.pitch, note.track, -note.duration, -note.velocity, note.id
