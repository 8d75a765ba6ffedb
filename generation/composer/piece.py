"""A piece on the composer's grid: parts of notes in steps, meters, and what is known about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from generation.composer.vocabulary import DURATION as DURATION_START
from generation.composer.vocabulary import (
    DURATIONS,
    MAX_BAR,
    PITCH_HIGH,
    PITCH_LOW,
    duration_symbol,
    meter_symbol,
    nearest_duration,
)


class GridNote(NamedTuple):
    """A note on the grid: start and duration in steps; velocity None = not known."""

    start: int
    pitch: int
    duration: int
    velocity: int | None


class Bar(NamedTuple):
    """A bar: first step, length in steps (at most MAX_BAR) and its METER symbol."""

    start: int
    length: int
    meter: int


@dataclass(slots=True)
class Part:
    """One track: General MIDI program (None = not told) and its notes by (start, pitch)."""

    program: int | None
    notes: list[GridNote]


@dataclass(slots=True)
class Piece:
    """Parts and time signatures (step, numerator, denominator), with optional knowledge.

    `tempos` are (step, bpm), `chords` (step, root pitch class, kind index or None = no chord).
    """

    parts: list[Part]
    meters: list[tuple[int, int, int]]
    tempos: list[tuple[int, float]] = field(default_factory=list)
    chords: list[tuple[int, int, int | None]] = field(default_factory=list)
    key: tuple[int, bool] | None = None
    style: int | None = None

    @property
    def end(self) -> int:
        """The step after the last sounding one."""
        return max((n.start + n.duration for p in self.parts for n in p.notes), default=0)


def fold_pitch(pitch: int) -> int:
    """Move a pitch by octaves into the range that the composer writes."""
    while pitch < PITCH_LOW:
        pitch += 12
    while pitch > PITCH_HIGH:
        pitch -= 12
    return pitch


def tidy(notes: Iterable[GridNote]) -> list[GridNote]:
    """Order a part's notes and make them writable.

    Doubled notes (same start and pitch) become their longest; a note that runs into the next
    one of its pitch ends there; durations become the nearest that a symbol exists for.
    """
    longest: dict[tuple[int, int], GridNote] = {}
    for note in notes:
        place = (note.start, fold_pitch(note.pitch))
        note = note._replace(pitch=place[1], duration=max(1, note.duration))
        kept = longest.get(place)
        if kept is None or note.duration > kept.duration:
            longest[place] = note
    result: list[GridNote] = []
    next_start: dict[int, int] = {}
    for start, pitch in sorted(longest, reverse=True):
        note = longest[start, pitch]
        duration = nearest_duration(note.duration)
        gap = next_start.get(pitch, start + DURATIONS[-1]) - start
        if duration > gap:
            duration = DURATIONS[duration_symbol(gap) - DURATION_START]
        next_start[pitch] = start
        result.append(note._replace(duration=duration))
    result.reverse()
    return result


def bars_of(meters: list[tuple[int, int, int]], end: int) -> list[Bar]:
    """Bars from step 0 until `end` is covered (at least one).

    A change of meter begins a bar wherever it stands; bars longer than MAX_BAR are cut.
    """
    changes = sorted({step: (n, d) for step, n, d in meters}.items())
    if not changes or changes[0][0] > 0:
        changes.insert(0, (0, (4, 4)))
    bars: list[Bar] = []
    for i, (start, (n, d)) in enumerate(changes):
        stop = changes[i + 1][0] if i + 1 < len(changes) else max(end, start + 1)
        last = i + 1 == len(changes)
        whole = max(1, round(48 * n / d))
        while start < stop:
            left = whole if last else min(whole, stop - start)
            while left > 0:
                length = min(left, MAX_BAR)
                bars.append(Bar(start, length, meter_symbol(n, d, length)))
                start += length
                left -= length
        if start >= end and i + 1 < len(changes) and changes[i + 1][0] >= end:
            break
    return bars


def pickup(notes: list[GridNote], length: int) -> int:
    """Steps that a piece lacks before its first bar line; 0 where the grid seems right.

    Files without a padded pickup begin at step 0 and shift every bar line. A shift is believed
    when it clearly lessens the notes that cross bar lines without fewer long notes on beat 1.
    `length` is the bar in steps.
    """
    if len(notes) < 16 or length < 12:
        return 0

    def cost(shift: int) -> tuple[float, float]:
        """Weight that crosses bar lines less half of that held on beat 1; and the former."""
        crossing = held = total = 0.0
        for note in notes:
            at = (note.start + shift) % length
            weight = min(note.duration, length)
            total += weight
            if at and at + note.duration > length:
                crossing += min(note.duration, length)
            if at == 0:
                held += weight
        return round((crossing - 0.5 * held) / total, 4), crossing / total

    step = 6 if length % 6 == 0 else 3
    here, crossing = cost(0)
    best = min(range(0, length, step), key=lambda shift: (cost(shift)[0], shift))
    there, left = cost(best)
    return best if here - there > 0.08 and left <= 0.5 * crossing else 0


def shifted(piece: Piece, steps: int) -> Piece:
    """The piece begun `steps` later, under the signature that it begins with."""
    if not steps:
        return piece
    first = min(piece.meters, default=(0, 4, 4))
    return Piece(
        parts=[
            Part(p.program, [n._replace(start=n.start + steps) for n in p.notes])
            for p in piece.parts
        ],
        meters=[(0, first[1], first[2])]
        + [(s + steps, n, d) for s, n, d in piece.meters if s > first[0]],
        tempos=[(s + steps if s else 0, bpm) for s, bpm in piece.tempos],
        chords=[(s + steps, root, kind) for s, root, kind in piece.chords],
        key=piece.key,
        style=piece.style,
    )
