"""Ticks to bars and back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from editor.score.ticks import TICKS_PER_QUARTER

COMMON_TIME: Final = (4, 4)
LARGEST_NUMERATOR: Final = 64
DENOMINATORS: Final = (1, 2, 4, 8, 16, 32, 64)


def bar_ticks(meter: tuple[int, int]) -> int:
    """Ticks of a whole bar of (numerator, denominator)."""
    numerator, denominator = meter
    return TICKS_PER_QUARTER * 4 * numerator // denominator


class MeterMap:
    """The bars of a score, counted from 0.

    `events` are (numerator, denominator) by tick, as in `Score.meter`. An event starts a new bar
    wherever it stands, so that the bar before it may be cut short.
    """

    def __init__(self, events: Mapping[int, tuple[int, int]]) -> None:
        placed = sorted(events.items())
        if not placed or placed[0][0] != 0:
            placed.insert(0, (0, COMMON_TIME))
        self._ticks = [tick for tick, _ in placed]
        self._meters = [meter for _, meter in placed]
        self._bars = [0]
        for (tick, meter), (next_tick, _) in pairwise(placed):
            length = bar_ticks(meter)
            self._bars.append(self._bars[-1] + -((tick - next_tick) // length))

    def at(self, tick: int) -> tuple[int, int]:
        """The (numerator, denominator) in force at `tick`."""
        return self._meters[self._segment(tick)]

    def bar_of(self, tick: int) -> int:
        """The bar that holds `tick`; 0 for what lies before tick 0."""
        index = self._segment(tick)
        within = max(0, tick - self._ticks[index])
        return self._bars[index] + within // bar_ticks(self._meters[index])

    def bar_start(self, bar: int) -> int:
        """The tick at which `bar` starts."""
        index = max(0, bisect_right(self._bars, bar) - 1)
        ahead = max(0, bar - self._bars[index])
        return self._ticks[index] + ahead * bar_ticks(self._meters[index])

    def bars(self, start: int, end: int) -> list[tuple[int, int]]:
        """(first tick, last tick + 1) of each bar that shares a tick with `start` … `end` - 1."""
        if end <= start:
            return []
        first, last = self.bar_of(start), self.bar_of(end - 1)
        starts = [self.bar_start(bar) for bar in range(first, last + 2)]
        return list(pairwise(starts))

    def _segment(self, tick: int) -> int:
        return max(0, bisect_right(self._ticks, tick) - 1)
