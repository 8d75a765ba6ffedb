"""Where each symbol stands in the music: the time, the place in the bar and the track.

All three follow from the symbols before, so the model may see them as features of its input;
attention can then look "one bar back, same beat" directly. The same class serves training
(whole windows) and writing (one symbol at a time).
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from generation.composer.vocabulary import (
    BAR,
    BOS,
    FILL,
    FILLS,
    MAX_BAR,
    MAX_TRACKS,
    METER,
    METER_LENGTH,
    MID,
    PITCH,
    POS,
    PROGRAM,
    TRACK,
)

NO_PLACE = MAX_BAR  # feature value: not at a place in a bar
NO_TRACK = MAX_TRACKS  # feature value: not in a track
GAP = 1536  # steps between two pieces that share a row


class Timeline:
    """Follows symbols; after each, `time` (steps), `place` (0-96) and `slot` (0-16) hold."""

    __slots__ = ("bar_length", "bar_start", "fills", "place", "slot", "time", "_answer", "_next")

    def __init__(self) -> None:
        self._reset(0)

    def _reset(self, start: int) -> None:
        self.time = self.bar_start = self._next = start
        self.bar_length = 0
        self.place = NO_PLACE
        self.slot = NO_TRACK
        self.fills: list[tuple[int, int]] = []
        self._answer = -1

    def copy(self) -> "Timeline":
        """An independent timeline at the same place."""
        twin = Timeline()
        twin.time, twin.place, twin.slot = self.time, self.place, self.slot
        twin.bar_start, twin.bar_length = self.bar_start, self.bar_length
        twin.fills, twin._answer, twin._next = list(self.fills), self._answer, self._next
        return twin

    def advance(self, symbol: int) -> None:
        """Take the next symbol."""
        if symbol >= POS:
            if symbol < PITCH:
                self.place = symbol - POS
                self.time = self.bar_start + self.place
            return
        if symbol >= PROGRAM:
            self.slot = NO_TRACK
        elif symbol >= TRACK:
            self.slot = symbol - TRACK
            self.place = NO_PLACE
            self.time = self.bar_start
        elif symbol >= METER:
            self.bar_length = METER_LENGTH[symbol - METER]
            self._next = self.bar_start + self.bar_length
        elif symbol == BAR:
            self.slot = NO_TRACK
            self.place = NO_PLACE
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


def features(symbols: Iterable[int]) -> NDArray[np.int32]:
    """Time, place and slot after each of T symbols: int32 of shape (3, T)."""
    timeline = Timeline()
    rows: list[tuple[int, int, int]] = []
    for symbol in symbols:
        timeline.advance(symbol)
        rows.append((timeline.time, timeline.place, timeline.slot))
    return np.array(rows, dtype=np.int32).reshape(-1, 3).T
