"""Ticks to seconds and back, through constant tempi and linear ramps, in closed form."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from math import expm1, log1p
from typing import Final

from editor.score.ticks import TICKS_PER_QUARTER

MICROSECONDS_PER_MINUTE: Final = 60_000_000
SLOWEST: Final = 12_000_000
FASTEST: Final = 60_000
"""A tempo is held as whole microseconds per quarter, from `FASTEST` to `SLOWEST`."""

DEFAULT: Final = 500_000
FLAT: Final = 1e-12
"""Below this relative change of tempo a ramp is a constant to double precision."""


def bpm_of(microseconds: int) -> float:
    """Beats per minute of a tempo in microseconds per quarter note."""
    return MICROSECONDS_PER_MINUTE / microseconds


def microseconds_of(bpm: float) -> int:
    """Whole microseconds per quarter note, within what a score may hold."""
    return min(SLOWEST, max(FASTEST, round(MICROSECONDS_PER_MINUTE / bpm)))


@dataclass(frozen=True, slots=True)
class _Segment:
    """From one tempo event to the next; `slope` is the change of bpm a tick, 0 without a ramp."""

    tick: int
    seconds: float
    bpm: float
    slope: float

    def elapsed(self, ticks: float) -> float:
        """Seconds that its first `ticks` last: 60·q·ln(b1/b0)/(b1-b0) on a ramp."""
        flat = 60 * ticks / (TICKS_PER_QUARTER * self.bpm)
        change = self.slope * ticks / self.bpm
        return flat if abs(change) < FLAT or ticks <= 0 else flat * log1p(change) / change

    def travelled(self, seconds: float) -> float:
        """Ticks that it covers in its first `seconds`; the inverse of `elapsed`."""
        flat = seconds * TICKS_PER_QUARTER * self.bpm / 60
        rate = self.slope * TICKS_PER_QUARTER * seconds / 60
        return flat if abs(rate) < FLAT or seconds <= 0 else flat * expm1(rate) / rate


class TempoMap:
    """Where each tick falls in time.

    `events` are (microseconds per quarter, ramp) by tick, as in `Score.tempo`. A ramp is bpm
    linear in ticks up to the next event; the last event never ramps, since nothing follows.
    Before tick 0 the first tempo goes on.
    """

    def __init__(self, events: Mapping[int, tuple[int, int]]) -> None:
        placed = sorted(events.items())
        if not placed or placed[0][0] != 0:
            placed.insert(0, (0, (placed[0][1][0] if placed else DEFAULT, 0)))
        segments: list[_Segment] = []
        seconds = 0.0
        for index, (tick, (microseconds, ramp)) in enumerate(placed):
            bpm, slope, ticks = bpm_of(microseconds), 0.0, 0
            if index + 1 < len(placed):
                next_tick, (next_microseconds, _) = placed[index + 1]
                ticks = next_tick - tick
                if ramp:
                    slope = (bpm_of(next_microseconds) - bpm) / ticks
            segment = _Segment(tick, seconds, bpm, slope)
            segments.append(segment)
            seconds += segment.elapsed(ticks)
        self._segments = segments
        self._ticks = [segment.tick for segment in segments]
        self._seconds = [segment.seconds for segment in segments]

    def seconds(self, tick: float) -> float:
        """Seconds from tick 0 to `tick`."""
        segment = self._segments[max(0, bisect_right(self._ticks, tick) - 1)]
        return segment.seconds + segment.elapsed(tick - segment.tick)

    def tick(self, seconds: float) -> float:
        """The tick (a fraction) that sounds `seconds` after tick 0."""
        segment = self._segments[max(0, bisect_right(self._seconds, seconds) - 1)]
        return segment.tick + segment.travelled(seconds - segment.seconds)

    def bpm(self, tick: float) -> float:
        """Beats per minute at `tick`."""
        segment = self._segments[max(0, bisect_right(self._ticks, tick) - 1)]
        return segment.bpm + segment.slope * max(0.0, tick - segment.tick)
