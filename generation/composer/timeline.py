"""Where each symbol stands: the time, the place in the bar, the track, and the notes still wished.

All four follow from the symbols before, so the model may see them as features of its input;
attention can then look "one bar back, same beat" directly. The same class serves training
(whole windows) and writing (one symbol at a time).
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from generation.composer.vocabulary import (
    BAR,
    BOS,
    CHORD,
    DENSITY,
    DURATION,
    FILL,
    FILLS,
    MAX_BAR,
    MAX_TRACKS,
    METER,
    METER_LENGTH,
    MID,
    PACE,
    PITCH,
    POS,
    PROGRAM,
    STEPS_PER_QUARTER,
    TEMPO,
    TRACK,
    VELOCITY,
    rate_of,
    tempo_of,
)

NO_PLACE = MAX_BAR  # feature value: not at a place in a bar
NO_TRACK = MAX_TRACKS  # feature value: not in a track
GAP = 1536  # steps between two pieces that share a row
NO_WISH = 0  # feature value: no DENSITY or PACE holds
WISHES = 32  # 1..31: notes still wished in this bar of this track, -4 to 26


class Timeline:
    """Follows symbols; after each, `time` (steps), `place` (0-96), `slot` (0-16), `left` hold."""

    __slots__ = (
        "_answer",
        "_next",
        "bar_length",
        "bar_start",
        "bpm",
        "fills",
        "left",
        "place",
        "slot",
        "time",
        "wish",
    )  # fmt: skip

    def __init__(self) -> None:
        self._reset(0)

    def _reset(self, start: int) -> None:
        self.time = self.bar_start = self._next = start
        self.bar_length = 0
        self.place = NO_PLACE
        self.slot = NO_TRACK
        self.fills: list[tuple[int, int]] = []
        self._answer = -1
        self.bpm = 0.0
        self.wish = 0.0  # notes wished in this bar of this track, less those written
        self.left = NO_WISH

    def copy(self) -> "Timeline":
        """An independent timeline at the same place."""
        twin = Timeline()
        twin.time, twin.place, twin.slot = self.time, self.place, self.slot
        twin.bpm, twin.wish, twin.left = self.bpm, self.wish, self.left
        twin.bar_start, twin.bar_length = self.bar_start, self.bar_length
        twin.fills, twin._answer, twin._next = list(self.fills), self._answer, self._next
        return twin

    def advance(self, symbol: int) -> None:
        """Take the next symbol."""
        if symbol >= POS:
            if symbol < PITCH:
                self.place = symbol - POS
                self.time = self.bar_start + self.place
            elif symbol < DURATION:
                return
            elif symbol < VELOCITY:
                if self.left:
                    self._wish(self.wish - 1)
            elif symbol >= DENSITY:
                self._begin_wish(symbol)
            elif TEMPO <= symbol < CHORD:
                self.bpm = tempo_of(symbol)
            return
        if symbol >= PROGRAM:
            self.slot = NO_TRACK
        elif symbol >= TRACK:
            self.slot = symbol - TRACK
            self.place = NO_PLACE
            self.time = self.bar_start
            self.left = NO_WISH
        elif symbol >= METER:
            self.bar_length = METER_LENGTH[symbol - METER]
            self._next = self.bar_start + self.bar_length
        elif symbol == BAR:
            self.slot = NO_TRACK
            self.place = NO_PLACE
            self.left = NO_WISH
            if self._answer >= 0:
                if self._answer < len(self.fills):
                    self.bar_start, self.bar_length = self.fills[self._answer]
                    self._answer += 1
            else:
                self.bar_start = self._next
                self._next = self.bar_start + self.bar_length
            self.time = self.bar_start
        elif symbol == FILL:
            if not self.fills or self.fills[-1][0] != self.bar_start:
                self.fills.append((self.bar_start, self.bar_length))
        elif symbol == FILLS:
            self._answer = 0
            self.slot = NO_TRACK
            self.place = NO_PLACE
        elif symbol in (BOS, MID):
            start = self._next + GAP if self._next else 0
            self._reset(start)

    def _begin_wish(self, symbol: int) -> None:
        rate = rate_of(symbol)
        if symbol >= PACE:  # per second; without a tempo nobody knows how many that makes
            rate = rate * 60.0 / self.bpm if self.bpm else -1.0
        if rate >= 0:
            self._wish(rate * self.bar_length / STEPS_PER_QUARTER)

    def _wish(self, notes: float) -> None:
        self.wish = notes
        self.left = min(26, max(-4, round(notes))) + 5


def features(symbols: Iterable[int]) -> NDArray[np.int32]:
    """Time, place, slot and left after each of T symbols: int32 of shape (4, T)."""
    timeline = Timeline()
    rows: list[tuple[int, int, int, int]] = []
    for symbol in symbols:
        timeline.advance(symbol)
        rows.append((timeline.time, timeline.place, timeline.slot, timeline.left))
    return np.array(rows, dtype=np.int32).reshape(-1, 4).T
