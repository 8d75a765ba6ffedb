"""Cutting a phrase into blocks while its notes still arrive."""

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from generation.ports import VoiceNote

FIRST_BLOCK: Final = 0.04
LONGEST_BLOCK: Final = 0.64
GROWTH: Final = 1.6
LONGEST_PHRASE: Final = 600.0
"""Seconds: first and longest block, how fast blocks grow; a phrase is cut off at the last."""


def blocks(
    notes: Iterator[VoiceNote | float], sample_rate: int, tail: float
) -> Iterator[tuple[list[VoiceNote], int]]:
    """Yield the notes that enter within the next block, and its length in samples.

    Blocks cover what is certain: up to the last bare float, and all of it plus `tail` seconds
    once `notes` ends. Without a single note nothing is yielded.
    """
    waiting: list[VoiceNote] = []
    done = 0
    size = FIRST_BLOCK
    end = -tail
    for item in notes:
        if isinstance(item, VoiceNote):
            if item.start < LONGEST_PHRASE:
                waiting.append(_not_before(item, done / sample_rate))
                end = max(end, min(item.start + item.duration, LONGEST_PHRASE))
            continue
        certain = math.floor(min(item, LONGEST_PHRASE) * sample_rate)
        while certain - done >= round(FIRST_BLOCK * sample_rate):
            count = min(round(size * sample_rate), certain - done)
            yield _entering(waiting, (done + count) / sample_rate), count
            done += count
            size = min(size * GROWTH, LONGEST_BLOCK)
    last = math.ceil((end + tail) * sample_rate)
    while done < last:
        count = min(round(size * sample_rate), last - done)
        yield _entering(waiting, (done + count) / sample_rate), count
        done += count
        size = min(size * GROWTH, LONGEST_BLOCK)


def _not_before(note: VoiceNote, second: float) -> VoiceNote:
    """A note that comes too late begins now, and ends when it should."""
    late = second - note.start
    if late <= 0.0:
        return note
    return replace(note, start=second, duration=max(note.duration - late, 0.0))


def _entering(waiting: list[VoiceNote], before: float) -> list[VoiceNote]:
    """Take the notes that start before this second out of `waiting`, in order."""
    entering = sorted(
        (note for note in waiting if note.start < before),
        key=lambda note: (note.start, note.pitch),
    )
    waiting[:] = [note for note in waiting if note.start >= before]
    return entering
