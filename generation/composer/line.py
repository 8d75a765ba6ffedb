"""One candidate as it is written: which symbol next, and which notes that makes.

A line knows its page (`Sheet`), its grammar and its own dice; it asks for nothing else, so what
it writes does not depend on how many others are written beside it.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.composer.encoding import segment, with_density
from generation.composer.grammar import Grammar, Row
from generation.composer.piece import GridNote
from generation.composer.sampling import Taste, draw
from generation.composer.sheet import TICKS_PER_STEP, Sheet
from generation.composer.vocabulary import (
    BAR,
    COUNT,
    DURATION,
    DURATIONS,
    EOS,
    FAMILY_OF,
    FILLS,
    METER,
    PITCH,
    PITCH_LOW,
    POS,
    PROGRAM,
    TRACK,
    VELOCITY,
    density_symbol,
    velocity_of,
)

PROMPT_ROOM = 600  # symbols of music around what is to be written
BAR_ROOM = 160  # a bar is begun only where so many symbols are left of the context


@dataclass(frozen=True, slots=True)
class Written:
    """A note as written: slot, start and end on the grid, velocity 1-127, log-probability."""

    slot: int
    pitch: int
    start: int
    end: int
    velocity: int
    logp: float


class Line:
    """A candidate. `prompt` is what has to be read first, or again when `stale`."""

    def __init__(self, sheet: Sheet, taste: Taste, rng: np.random.Generator, context: int) -> None:
        self.sheet = sheet.copy()
        self.taste = taste
        self.rng = rng
        self.context = context
        self.fills = sheet.surrounded
        self.bar = sheet.first
        self.done = False
        self.stale = True
        self.symbols = 0
        self.notes = 0
        self.total_logp = 0.0
        self.prompt: list[int] = []
        self.length = 0
        self.grammar = Grammar(controls=False, fills=False)
        self._forced: deque[int] = deque()
        self._waiting: list[Written] = []
        self._until = [dict(by_pitch) for by_pitch in sheet.blocked]
        self._sounded: set[tuple[int, int]] = set()  # (slot, bar) with a note
        self._logp = 0.0
        self._open = sheet.last  # last bar that this prompt leaves open
        self._prepare()

    def _prepare(self) -> None:
        """Make the prompt for the bar at hand and read it into the grammar."""
        self.stale = True
        if self.fills:
            self.prompt, self._open = self.sheet.filling(self.bar, PROMPT_ROOM)
        else:
            self.prompt = self.sheet.continuation(self.bar, PROMPT_ROOM)
            self._open = self.sheet.last
        if self.sheet.density is not None:
            # The model heeds a density more when the bars before tell theirs.
            symbols = np.array(self.prompt, dtype=np.uint16)
            self.prompt = with_density(symbols, per_second=False).tolist()
        self.length = len(self.prompt)
        self.grammar = Grammar(controls=False, fills=False)
        for symbol in self.prompt:
            self.grammar.advance(symbol, check=False)
        self._forced.clear()
        if self.fills:
            self._forced.append(BAR)

    def next(self, logits: NDArray[np.float32]) -> int | None:
        """The next symbol, or None when the line is `stale` or `done` instead."""
        if self._forced:
            symbol, logp = self._forced.popleft(), 0.0
        else:
            symbol, logp = draw(logits, self._wanted(), self.taste, self.rng)
        if symbol in (BAR, EOS) and not (self.fills and self.grammar.previous == FILLS):
            self._end_bar()
            if self.done or self.stale:
                return None
            if not self.fills:
                self._forced.extend(
                    self.sheet.opening(self.bar, self.sheet.bars[self.bar - 1].meter)[1:]
                )
        self._take(symbol, logp)
        return None if self.done or self.stale else symbol

    def _take(self, symbol: int, logp: float) -> None:
        self.grammar.advance(symbol, check=False)
        self.length += 1
        self.symbols += 1
        name = FAMILY_OF[symbol]
        if name == "TRACK":
            slot = symbol - TRACK
            if self.sheet.density is not None:
                self._forced.append(density_symbol(self.sheet.density))
            self._keep_earlier(slot)
        elif name in ("POS", "VELOCITY", "PITCH"):
            self._logp += logp
        elif name == "DURATION":
            self._note(DURATIONS[symbol - DURATION], self._logp + logp)
            self._logp = 0.0
        if self.length >= self.context and not self.done and not self.stale:
            self._end_bar(full=True)

    def _keep_earlier(self, slot: int) -> None:
        """Notes of the bar from before the region are written as they stand."""
        if self.bar == self.sheet.first and (kept := self.sheet.cells[slot].get(self.bar)):
            self._forced.extend(segment(kept, self.sheet.bars[self.bar]))

    def _note(self, duration: int, logp: float) -> None:
        grammar, sheet = self.grammar, self.sheet
        bar = sheet.bars[self.bar]
        start = bar.start + grammar.place
        if start < sheet.start:
            return  # one that was kept
        pitch = PITCH_LOW + grammar.pitch
        velocity = sheet.level[grammar.slot]
        known = None
        if grammar.velocity >= 0:
            known = velocity_of(grammar.velocity)
            velocity = velocity if velocity // 16 == known // 16 else known
        cell = sheet.cells[grammar.slot]
        cell[self.bar] = [*cell.get(self.bar, []), GridNote(start, pitch, duration, known)]
        self._sounded.add((grammar.slot, self.bar))
        self.notes += 1
        self.total_logp += logp
        end = min(start + duration, sheet.end)
        self._until[grammar.slot][pitch] = (start + duration) * TICKS_PER_STEP
        self._waiting.append(Written(grammar.slot, pitch, start, end, velocity, logp))

    def ready(self) -> list[Written]:
        """Notes that nothing earlier can precede any more, in time order."""
        now = self.sheet.bars[self.bar].start if not self.done else self.sheet.end
        if not self.done and not self.stale and self.grammar.slot == self.sheet.regions[-1]:
            now += max(0, self.grammar.place) + 1
        self._waiting.sort(key=lambda n: (n.start, n.pitch, n.slot))
        count = sum(n.start < now for n in self._waiting)
        out, self._waiting = self._waiting[:count], self._waiting[count:]
        return out

    def _end_bar(self, *, full: bool = False) -> None:
        """Go to the next bar: in the same prompt, in a new one, or not at all."""
        self._logp = 0.0
        self.bar += 1
        if self.bar > self.sheet.last:
            self.done = True
        elif full or self.bar > self._open or self.length + BAR_ROOM > self.context:
            self._prepare()

    def _wanted(self) -> Row:
        """Legal symbols, less those that would leave the region or the person's tracks."""
        sheet, grammar = self.sheet, self.grammar
        row = grammar.legal()
        bar = sheet.bars[self.bar]
        row[METER:TRACK] = False
        if not sheet.dynamics:
            row[VELOCITY : VELOCITY + COUNT["VELOCITY"]] = False
        if sheet.start > bar.start:
            row[POS : POS + min(sheet.start, bar.start + bar.length) - bar.start] = False
        if sheet.end < bar.start + bar.length:
            row[POS + sheet.end - bar.start : PITCH] = False
        row[POS + bar.length : PITCH] = False
        tick = (bar.start + max(0, grammar.place)) * TICKS_PER_STEP
        for pitch, until in self._until[max(0, grammar.slot)].items():
            if until > tick and 0 <= pitch - PITCH_LOW < COUNT["PITCH"]:
                row[PITCH + pitch - PITCH_LOW] = False
        if self.fills:
            if grammar.slot >= 0 and FAMILY_OF[grammar.previous] == "TRACK":
                if self._must_sound(grammar.slot) and row[POS:PITCH].any():
                    row[:POS] = False
            return row
        row[EOS] = row[FILLS] = False
        for slot in range(len(sheet.tracks)):
            if slot not in sheet.regions:
                row[TRACK + slot] = False
        for slot in sheet.regions:
            if row[TRACK + slot] and self._must_sound(slot):
                row[BAR] = False
                row[TRACK + slot + 1 : PROGRAM] = False
                break
        return row

    def _must_sound(self, slot: int) -> bool:
        """Whether a track has to begin a note in this bar: it has rested, or wrote nothing yet."""
        sheet = self.sheet
        if (slot, self.bar) in self._sounded:
            return False
        if self.bar == sheet.last and not any(s == slot for s, _ in self._sounded):
            return True
        bar = sheet.bars[self.bar]
        usable = min(sheet.end, bar.start + bar.length) - max(sheet.start, bar.start)
        return 2 * usable >= bar.length and self.bar - 1 not in sheet.cells[slot]
