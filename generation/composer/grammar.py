"""What may follow: a state machine over symbols with small masks. Nothing invalid is written.

`Grammar.legal()` is the row of symbols allowed next; `advance` takes one and raises
`IllegalSymbol` for any other. The order of things is in `vocabulary`'s docstring; beyond it, a
place lies within its bar and behind the last, pitches of a chord ascend, a pitch that still
sounds in its track does not begin again, what is written on change does change, and the answer
goes through the FILLs one by one.
"""

import numpy as np
from numpy.typing import NDArray

from generation.composer.timeline import Timeline
from generation.composer.vocabulary import (
    BAR,
    BOS,
    CHORD,
    COUNT,
    DENSITY,
    DURATION,
    DURATIONS,
    EOS,
    FAMILY_OF,
    FILL,
    FILLS,
    KEY,
    MAX_TRACKS,
    METER,
    MID,
    PACE,
    PITCH,
    POS,
    PROGRAM,
    SIZE,
    STYLE,
    TEMPO,
    TRACK,
    VELOCITY,
)

Row = NDArray[np.bool_]


class IllegalSymbol(ValueError):
    """A symbol stands where the grammar has no place for it."""


def families(*names: str) -> Row:
    """A row with whole families allowed."""
    wanted = set(names)
    return np.array([name in wanted for name in FAMILY_OF])


def places_after(last: int, bar_length: int) -> slice:
    """POS symbols behind a place, within a bar."""
    return slice(POS + last + 1, POS + bar_length)


def pitches_above(last: int) -> slice:
    """PITCH symbols above one (an index into the family; -1 = all)."""
    return slice(PITCH + last + 1, PITCH + COUNT["PITCH"])


_NOTHING = np.zeros(SIZE, dtype=bool)
_START = families("BOS", "MID")
_PROGRAMS = families("PROGRAM")
_DURATIONS = families("DURATION")


class Grammar:
    """The state of one sequence.

    With `controls` false STYLE, KEY, TEMPO, CHORD, DENSITY and PACE are not allowed next, with
    `fills` false neither are FILL and FILLS; `advance` still takes them, so that a person's wishes
    can be read before the music is written.
    """

    def __init__(self, *, controls: bool = True, fills: bool = True) -> None:
        self.controls = controls
        self.fills = fills
        self.timeline = Timeline()
        self._begin()

    def _begin(self) -> None:
        self.previous = -1
        self.declared: list[int] = []
        self.in_head = True
        self.meter = self.tempo = self.chord = -1
        self.velocity = -1  # VELOCITY of this bar of this track
        self.place = self.pitch = self.slot = -1
        self.chords = 0
        self.ends = np.zeros((MAX_TRACKS, COUNT["PITCH"]), dtype=np.int64)
        self.notes: list[tuple[int, int, int, int]] = []  # slot, pitch, start, end
        self.expected: list[tuple[int, int]] = []  # answer still to come: bar's start, slot
        self.answering = False

    def copy(self) -> "Grammar":
        """An independent grammar in the same state."""
        twin = Grammar(controls=self.controls, fills=self.fills)
        for name in ("previous", "in_head", "meter", "tempo", "chord", "velocity", "place",
                     "pitch", "slot", "chords", "answering"):  # fmt: skip
            setattr(twin, name, getattr(self, name))
        twin.declared, twin.notes = list(self.declared), list(self.notes)
        twin.expected, twin.ends = list(self.expected), self.ends.copy()
        twin.timeline = self.timeline.copy()
        return twin

    @property
    def finished(self) -> bool:
        """EOS was written and nothing is left to answer."""
        return self.previous == EOS and not (self.fills and self.expected)

    def legal(self) -> Row:
        """The symbols allowed next: bool (SIZE,)."""
        last = self.previous
        if last < 0:
            return _START.copy()
        name = FAMILY_OF[last]
        row = _NOTHING.copy()
        if self.in_head:
            self._head(row, name)
        elif name == "PITCH":
            return _DURATIONS.copy()
        elif name == "POS":
            self._sounds(row)
        elif name == "VELOCITY":
            row[pitches_above(self.pitch)] = True
            self._silence_sounding(row)
        elif name in ("DENSITY", "PACE"):
            row[places_after(self.place, self.timeline.bar_length)] = True
        elif name == "TRACK":
            row[places_after(-1, self.timeline.bar_length)] = True
            if self.controls:
                row[DENSITY : PACE + COUNT["PACE"]] = True
            if self.answering:
                self._next_answer(row)
            elif self.fills:
                row[FILL] = True
        elif name == "DURATION":
            row[places_after(self.place, self.timeline.bar_length)] = True
            if self.pitch + 1 < COUNT["PITCH"]:
                self._sounds(row)
            self._after_segment(row)
        elif name == "FILLS":
            row[BAR] = True
        elif name == "EOS":
            row[FILLS] = self.fills and bool(self.expected)
        elif self.answering:  # BAR
            row[TRACK + self.expected[0][1]] = True
        else:  # BAR, METER, TEMPO, CHORD, FILL
            self._opening(row, name)
        return row

    def _head(self, row: Row, name: str) -> None:
        if name == "TRACK":
            row |= _PROGRAMS
            return
        if self.controls and name in ("BOS", "MID"):
            row[STYLE : STYLE + COUNT["STYLE"]] = True
        if self.controls and name in ("BOS", "MID", "STYLE"):
            row[KEY : KEY + COUNT["KEY"]] = True
        row[TRACK + self.slot + 1 : PROGRAM] = True
        row[BAR] = name == "PROGRAM"

    def _opening(self, row: Row, name: str) -> None:
        """The front of a bar: what the bar is, then its tracks."""
        if name == "BAR":
            row[METER:TRACK] = True
            if self.meter < 0:
                return
            row[self.meter] = False
        if self.controls and name in ("BAR", "METER"):
            row[TEMPO:CHORD] = True
            if self.tempo >= 0:
                row[self.tempo] = False
        if self.controls and name in ("BAR", "METER", "TEMPO", "CHORD") and self.chords < 2:
            row[CHORD:DENSITY] = True
            if self.chords:
                row[self.chord] = False
        self._after_segment(row)

    def _after_segment(self, row: Row) -> None:
        if self.answering:
            self._next_answer(row)
            return
        for slot in self.declared:
            if slot > self.slot:
                row[TRACK + slot] = True
        row[BAR] = row[EOS] = True
        row[FILLS] = self.fills and bool(self.expected)

    def _next_answer(self, row: Row) -> None:
        if not self.expected:
            row[EOS] = True
        elif self.expected[0][0] == self.timeline.bar_start:
            row[TRACK + self.expected[0][1]] = True
        else:
            row[BAR] = True

    def _sounds(self, row: Row) -> None:
        """PITCH, or VELOCITY where it changes and a PITCH can follow."""
        row[pitches_above(self.pitch)] = True
        self._silence_sounding(row)
        if row[PITCH:DURATION].any():
            row[VELOCITY : VELOCITY + COUNT["VELOCITY"]] = True
            if self.velocity >= 0:
                row[self.velocity] = False

    def _silence_sounding(self, row: Row) -> None:
        row[PITCH:DURATION] &= self.ends[self.slot] <= self.timeline.time

    def advance(self, symbol: int, *, check: bool = True) -> None:
        """Take the next symbol. Raises IllegalSymbol, the state unchanged, if it can't follow."""
        if check and not self._allowed(symbol):
            raise IllegalSymbol(f"symbol {symbol} can't follow {self.previous}")
        name = FAMILY_OF[symbol]
        if name in ("BOS", "MID"):
            self._begin()
        self.timeline.advance(symbol)
        if name == "BAR":
            self.in_head = False
            self.slot, self.chords = -1, 0
        elif name == "METER":
            self.meter = symbol
        elif name == "TEMPO":
            self.tempo = symbol
        elif name == "CHORD":
            self.chord = symbol
            self.chords += 1
        elif name == "TRACK":
            self.slot = symbol - TRACK
            self.place = self.pitch = self.velocity = -1
            if self.in_head:
                self.declared.append(self.slot)
            elif self.answering:
                self.expected.pop(0)
        elif name == "POS":
            self.place, self.pitch = symbol - POS, -1
        elif name == "VELOCITY":
            self.velocity = symbol
        elif name == "PITCH":
            self.pitch = symbol - PITCH
        elif name == "DURATION":
            start = self.timeline.time
            end = start + DURATIONS[symbol - DURATION]
            self.ends[self.slot, self.pitch] = end
            self.notes.append((self.slot, self.pitch, start, end))
        elif name == "FILL":
            self.expected.append((self.timeline.bar_start, self.slot))
        elif name == "FILLS":
            self._begin_answer()
        self.previous = symbol

    def _begin_answer(self) -> None:
        """Back to the first FILL: only what began before still sounds there."""
        self.answering = True
        first = self.expected[0][0]
        self.ends[:] = 0
        for slot, pitch, start, end in self.notes:
            if start < first:
                self.ends[slot, pitch] = max(self.ends[slot, pitch], end)

    def _allowed(self, symbol: int) -> bool:
        asked = self.controls, self.fills
        self.controls = self.fills = True
        row = self.legal()
        self.controls, self.fills = asked
        if self.previous == EOS and symbol in (BOS, MID):
            return True
        return bool(row[symbol])


def masks(symbols: NDArray[np.uint16]) -> NDArray[np.bool_]:
    """Legal rows before each of T symbols of a plain sequence without controls: bool (T, SIZE).

    Raises IllegalSymbol when the sequence is not legal.
    """
    grammar = Grammar(controls=False, fills=False)
    rows = np.empty((len(symbols), SIZE), dtype=bool)
    for i, symbol in enumerate(symbols.tolist()):
        rows[i] = grammar.legal()
        if not rows[i, symbol]:
            raise IllegalSymbol(f"symbol {symbol} can't follow {grammar.previous} at {i}")
        grammar.advance(symbol, check=False)
    return rows
