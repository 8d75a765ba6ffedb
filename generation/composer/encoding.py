"""Pieces to symbols and back.

`encode` writes the plain form with every control that is known; `without` takes families out
again, `transposed` moves what has a pitch, `with_density` writes how dense each bar of a track
is, and `with_fills` moves parts of bars to an answer at the end. All of these are functions from
symbols to symbols. METER and TEMPO are written on change, VELOCITY at the first note of a bar of
a track and on change.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from generation.composer.piece import Bar, GridNote, Part, Piece, bars_of
from generation.composer.vocabulary import (
    BAR,
    BOS,
    CHORD,
    CHORD_KINDS,
    COUNT,
    DURATION,
    DURATIONS,
    EOS,
    FAMILIES,
    FILL,
    FILLS,
    KEY,
    MAX_TRACKS,
    METER,
    METER_LENGTH,
    METERS,
    PITCH,
    PITCH_HIGH,
    PITCH_LOW,
    POS,
    PROGRAM,
    SIZE,
    START,
    STEPS_PER_QUARTER,
    STYLE,
    TEMPO,
    TRACK,
    VELOCITY,
    density_symbol,
    duration_symbol,
    key_symbol,
    pace_symbol,
    program_symbol,
    tempo_of,
    tempo_symbol,
    velocity_of,
    velocity_symbol,
)

Symbols = NDArray[np.uint16]

_FAMILY = np.repeat(np.arange(len(FAMILIES)), [count for _, count in FAMILIES])
_NAMES = [name for name, _ in FAMILIES]


def head(piece: Piece) -> list[int]:
    """BOS, STYLE and KEY where known, and the tracks that hold notes."""
    symbols = [BOS]
    if piece.style is not None:
        symbols.append(STYLE + piece.style)
    if piece.key is not None:
        symbols.append(key_symbol(*piece.key))
    for slot, part in enumerate(piece.parts[:MAX_TRACKS]):
        symbols += [TRACK + slot, program_symbol(part.program)]
    return symbols


def segment(notes: Sequence[GridNote], bar: Bar) -> list[int]:
    """The notes that begin in a bar, as symbols; VELOCITY is told anew in each bar."""
    symbols: list[int] = []
    at, velocity = -1, None
    for note in notes:
        if note.start != at:
            at = note.start
            symbols.append(POS + at - bar.start)
        if note.velocity is not None and (loud := velocity_symbol(note.velocity)) != velocity:
            velocity = loud
            symbols.append(loud)
        symbols += [PITCH + note.pitch - PITCH_LOW, duration_symbol(note.duration)]
    return symbols


def encode(piece: Piece) -> Symbols:
    """A whole piece in the full plain form, BOS to EOS; parts must be `tidy`."""
    bars = bars_of(piece.meters, piece.end)
    starts = [bar.start for bar in bars]
    by_bar: list[defaultdict[int, list[GridNote]]] = []
    for part in piece.parts[:MAX_TRACKS]:
        cells: defaultdict[int, list[GridNote]] = defaultdict(list)
        if part.notes:
            places = np.searchsorted(starts, [n.start for n in part.notes], side="right") - 1
            for place, note in zip(places.tolist(), part.notes, strict=True):
                cells[place].append(note)
        by_bar.append(cells)
    symbols = head(piece)
    meter = tempo = None
    for i, bar in enumerate(bars):
        symbols.append(BAR)
        if bar.meter != meter:
            meter = bar.meter
            symbols.append(meter)
        known = [bpm for step, bpm in piece.tempos if step < bar.start + bar.length]
        if known and (speed := tempo_symbol(known[-1])) != tempo:
            tempo = speed
            symbols.append(speed)
        symbols += _chords(piece, bar)
        for slot, cells in enumerate(by_bar):
            if i in cells:
                symbols += [TRACK + slot, *segment(cells[i], bar)]
    symbols.append(EOS)
    return np.array(symbols, dtype=np.uint16)


def _chords(piece: Piece, bar: Bar) -> list[int]:
    """The chord at a bar's start and, where it is another, the one at its middle."""
    if not piece.chords:
        return []
    found: list[int] = []
    for at in (bar.start, bar.start + bar.length // 2):
        before = [c for c in piece.chords if c[0] <= at]
        if not before:
            continue
        _, root, kind = before[-1]
        none = CHORD + COUNT["CHORD"] - 1
        symbol = none if kind is None else CHORD + root % 12 * len(CHORD_KINDS) + kind
        if not found or found[0] != symbol:
            found.append(symbol)
    return found


def decode(symbols: Sequence[int], bars: Sequence[Bar] | None = None) -> Piece:
    """Notes and meters of a plain or filled sequence.

    `bars` places the bars (those of `bars_of` for the same piece); without it they follow from
    the METER symbols. The answer to FILLs goes into the bars that the FILLs stand in.
    """
    programs: dict[int, int] = {}
    notes: defaultdict[int, list[GridNote]] = defaultdict(list)
    velocity: int | None = None
    meters: list[tuple[int, int, int]] = []
    fills: list[Bar] = []
    bar = Bar(0, 0, METER)
    slot, at, pitch, count, answer = 0, 0, 0, 0, -1
    for symbol in symbols:
        symbol = int(symbol)
        name = _NAMES[_FAMILY[symbol]]
        value = symbol - START[name]
        if name == "BAR":
            if answer >= 0:
                bar = fills[answer]
                answer += 1
                continue
            bar = bars[count] if bars else Bar(bar.start + bar.length, bar.length, bar.meter)
            count += 1
        elif name == "METER" and not bars:
            bar = Bar(bar.start, METER_LENGTH[value], symbol)
            if value < len(METER_LENGTH) - 1:
                meters.append((bar.start, *METERS[value]))
        elif name == "TRACK":
            slot, velocity = value, None
        elif name == "PROGRAM":
            programs[slot] = value
        elif name == "POS":
            at = bar.start + value
        elif name == "VELOCITY":
            velocity = velocity_of(symbol)
        elif name == "PITCH":
            pitch = PITCH_LOW + value
        elif name == "DURATION":
            notes[slot].append(GridNote(at, pitch, DURATIONS[value], velocity))
        elif name == "FILL" and (not fills or fills[-1].start != bar.start):
            fills.append(bar)
        elif name == "FILLS":
            answer = 0
    slots = sorted(set(programs) | set(notes))
    parts = [
        Part(None if programs.get(s, 16) == 16 else programs[s] * 8, sorted(notes[s]))
        for s in range(slots[-1] + 1 if slots else 0)
    ]
    return Piece(parts, meters)


def family_mask(families: Collection[str]) -> NDArray[np.bool_]:
    """Which of the SIZE symbols belong to `families`: bool (SIZE,)."""
    wanted = np.array([name in families for name in _NAMES])
    mask: NDArray[np.bool_] = wanted[_FAMILY]
    return mask


def without(symbols: Symbols, families: Collection[str]) -> Symbols:
    """The symbols less those of some families (controls)."""
    return symbols[~family_mask(families)[symbols]]


def _shift_tables() -> NDArray[np.uint16]:
    """Row t: every symbol moved up by t semitones, t = -11..11 (negative rows from the end)."""
    rows = []
    for t in (*range(12), *range(-11, 0)):
        row = np.arange(SIZE)
        pitches = np.arange(COUNT["PITCH"]) + t
        pitches = np.where(pitches < 0, pitches + 12, pitches)
        row[PITCH : PITCH + COUNT["PITCH"]] = PITCH + np.where(
            pitches >= COUNT["PITCH"], pitches - 12, pitches
        )
        tonic = np.arange(24)
        row[KEY : KEY + 24] = KEY + (tonic % 12 + t) % 12 + tonic // 12 * 12
        kinds = len(CHORD_KINDS)
        chord = np.arange(12 * kinds)
        row[CHORD : CHORD + 12 * kinds] = CHORD + (chord // kinds + t) % 12 * kinds + chord % kinds
        rows.append(row)
    return np.array(rows, dtype=np.uint16)


_SHIFTS = _shift_tables()


def transposed(symbols: Symbols, semitones: int) -> Symbols:
    """Everything that has a pitch moved by -11..11 semitones (see `room` for the safe range)."""
    moved: Symbols = _SHIFTS[semitones][symbols]
    return moved


def room(symbols: Symbols) -> tuple[int, int]:
    """How far down (<= 0) and up (>= 0) the pitches can move and stay writable."""
    pitches = symbols[(symbols >= PITCH) & (symbols < DURATION)]
    if not len(pitches):
        return 0, 0
    low, high = int(pitches.min()) - PITCH, int(pitches.max()) - PITCH
    return -low, PITCH_HIGH - PITCH_LOW - high


def with_density(
    symbols: Symbols, *, per_second: bool, keep: NDArray[np.bool_] | None = None
) -> Symbols:
    """Write DENSITY (or PACE, where the tempo is known) behind the TRACK of each segment.

    `keep` says for each TRACK symbol in order whether it gets one (None: all).
    """
    out: list[int] = []
    values = symbols.tolist()
    length, bpm = METER_LENGTH[0], 0.0
    count = 0
    for i, symbol in enumerate(values):
        out.append(symbol)
        if METER <= symbol < TRACK:
            length = METER_LENGTH[symbol - METER]
        elif TEMPO <= symbol < CHORD:
            bpm = tempo_of(symbol)
        elif TRACK <= symbol < PROGRAM:
            wanted = keep is None or bool(keep[count])
            count += 1
            follower = values[i + 1] if i + 1 < len(values) else EOS
            if not wanted or not POS <= follower < PITCH:
                continue
            notes = 0
            for later in values[i + 1 :]:
                if PITCH <= later < DURATION:
                    notes += 1
                elif not (POS <= later < VELOCITY + COUNT["VELOCITY"]):
                    break
            rate = notes / (length / STEPS_PER_QUARTER)
            if not per_second:
                out.append(density_symbol(rate))
            elif bpm:
                out.append(pace_symbol(rate * bpm / 60.0))
    return np.array(out, dtype=np.uint16)


def with_fills(
    symbols: Symbols, first: int, last: int, slots: Collection[int]
) -> tuple[Symbols, Symbols]:
    """Take the segments of `slots` in bars first..last (counted here) out, to an answer.

    Returns the context, in which each of those segments is TRACK FILL (silent ones too), and
    the answer from FILLS to EOS.
    """
    context: list[int] = []
    answer: list[int] = [FILLS]
    bar, inside = -1, False
    segments: dict[int, list[int]] = {}
    current: list[int] | None = None
    opening: list[int] = []

    def close() -> None:
        if not inside:
            return
        context.extend(opening)
        answer.append(BAR)
        for slot in sorted(set(segments) | set(slots)):
            if slot in slots:
                context.extend((TRACK + slot, FILL))
                answer.extend((TRACK + slot, *segments.get(slot, [])))
            else:
                context.extend((TRACK + slot, *segments[slot]))

    for symbol in symbols.tolist():
        if symbol == BAR or symbol == EOS:
            close()
            bar += symbol == BAR
            inside = symbol == BAR and first <= bar <= last
            segments, current, opening = {}, None, [BAR] if inside else []
            if inside:
                continue
        if not inside:
            context.append(symbol)
        elif TRACK <= symbol < PROGRAM:
            current = segments.setdefault(symbol - TRACK, [])
        elif current is not None:
            current.append(symbol)
        else:
            opening.append(symbol)
    close()
    answer.append(EOS)
    return np.array(context, dtype=np.uint16), np.array(answer, dtype=np.uint16)
