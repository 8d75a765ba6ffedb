"""Ticks of a file to ticks of a score."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from editor.files.refusal import FileRefused
from editor.score.ticks import TICKS_PER_QUARTER

_FRAME_RATES = {24: Fraction(24), 25: Fraction(25), 29: Fraction(30_000, 1001), 30: Fraction(30)}
_TICKS_A_SECOND_AT_120 = 2 * TICKS_PER_QUARTER


def is_smpte(division: int) -> bool:
    """Whether a division counts parts of film frames instead of parts of quarter notes."""
    return bool(division & 0x8000)


def clock(division: int) -> Callable[[int], int]:
    """The function from a file's ticks to the nearest of ours (halves go up).

    An SMPTE file counts seconds: at 120 bpm, where a second is 960 of our ticks, every onset
    keeps its time. A division of 0 is taken for 480, since it can't mean anything.

    Raises:
        FileRefused: for a frame rate that does not exist.
    """
    if not is_smpte(division):
        ratio = Fraction(TICKS_PER_QUARTER, division or TICKS_PER_QUARTER)
    else:
        rate = _FRAME_RATES.get(256 - (division >> 8))
        parts = division & 0xFF
        if rate is None or parts == 0:
            raise FileRefused(
                "midi_damaged", "The clock of this MIDI file counts at a rate that does not exist."
            )
        ratio = Fraction(_TICKS_A_SECOND_AT_120) / (rate * parts)
    top, bottom = ratio.numerator, ratio.denominator
    if bottom == 1:
        return lambda tick: tick * top
    return lambda tick: (2 * tick * top + bottom) // (2 * bottom)
