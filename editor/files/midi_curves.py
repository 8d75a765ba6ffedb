"""Ramps of tempo and lines between controller points, which MIDI can only say in steps.

The steps are made by functions of the original alone. So the importer, given the original in a
private event, can tell whether the file's steps are still those: if somebody has edited them
elsewhere since, the steps win and the original is forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from editor.score.tempo import FASTEST, SLOWEST, TempoMap
from editor.score.ticks import TICKS_PER_QUARTER

SIXTEENTH: Final = TICKS_PER_QUARTER // 4
LONGEST_RAMP: Final = 4096
"""Steps that one ramp may take; the steps of a longer one are wider than a sixteenth."""

FINEST: Final = 10
"""Ticks between the steps of a controller line, at least."""

MOST_STEPS: Final = 1024

Tempo = Mapping[int, tuple[int, int]]
Lane = Mapping[int, tuple[int, int]]


def tempo_steps(tempo: Tempo) -> list[tuple[int, int]]:
    """(tick, microseconds per quarter): each event, and each sixteenth of a ramp.

    A step of a ramp has the mean tempo of its stretch, so that what follows keeps its time.
    """
    clock = TempoMap(tempo)
    events = sorted(tempo.items())
    steps: list[tuple[int, int]] = []
    for (tick, (microseconds, ramp)), (next_tick, _) in pairwise(events):
        if not ramp:
            steps.append((tick, microseconds))
            continue
        width = max(SIXTEENTH, -((tick - next_tick) // LONGEST_RAMP))
        for start in range(tick, next_tick, width):
            end = min(start + width, next_tick)
            seconds = clock.seconds(end) - clock.seconds(start)
            mean = round(seconds * 1_000_000 * TICKS_PER_QUARTER / (end - start))
            steps.append((start, min(SLOWEST, max(FASTEST, mean))))
    steps.extend((tick, microseconds) for tick, (microseconds, _) in events[-1:])
    return steps


def lane_steps(lane: Lane) -> list[tuple[int, int]]:
    """(tick, value): each point, and the values in between where a line leads to the next."""
    points = sorted(lane.items())
    steps: list[tuple[int, int]] = []
    for (tick, (value, shape)), (next_tick, (next_value, _)) in pairwise(points):
        steps.append((tick, value))
        width, change = next_tick - tick, next_value - value
        count = min(abs(change), width // FINEST, MOST_STEPS) if shape else 0
        for step in range(1, count):
            steps.append((tick + step * width // count, value + round(step * change / count)))
    steps.extend((tick, value) for tick, (value, _) in points[-1:])
    return steps


def has_lines(curve: Tempo | Lane) -> bool:
    """Whether anything but steps is in a tempo map or a lane."""
    return any(shape for _, shape in curve.values())
