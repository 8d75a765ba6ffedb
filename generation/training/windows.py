"""Training rows: windows of pieces, moved, stripped of controls, partly turned into infills.

Every pass takes each piece once, in a new order, in a new transposition and with another phase
of its windows. Short windows share a row.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.composer.encoding import (
    Symbols,
    family_mask,
    room,
    transposed,
    with_density,
    with_fills,
    without,
)
from generation.composer.timeline import features
from generation.composer.vocabulary import (
    BAR,
    CONTROLS,
    COUNT,
    EOS,
    METER,
    MID,
    PAD,
    PROGRAM,
    TEMPO,
    TRACK,
)
from generation.training.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Mixture:
    """Shares of windows: without any control, and with an infill; `keep`: a control stays;
    `density` and `pace`: of the others, those in which all or some bars of tracks tell theirs."""

    bare: float = 0.5
    infill: float = 0.25
    keep: float = 0.5
    density: float = 0.45
    pace: float = 0.3


_NO_TARGET = family_mask(("PAD", "BOS", "MID", "FILL", "FILLS", *CONTROLS))
_DROPPABLE = ("STYLE", "KEY", "TEMPO", "CHORD")


def cut(piece: Symbols, length: int, rng: np.random.Generator) -> Iterator[Symbols]:
    """Windows of at most `length` symbols that begin at bars and cover the piece.

    A window from the middle repeats the head behind MID, and the METER and TEMPO that hold.
    """
    if len(piece) <= length:
        yield piece
        return
    bars = np.flatnonzero(piece == BAR)
    meters = np.flatnonzero((piece >= METER) & (piece < TRACK))
    tempos = np.flatnonzero((piece >= TEMPO) & (piece < TEMPO + COUNT["TEMPO"]))
    opening = piece[1 : bars[0]]
    begin, size = 0, int(rng.integers(length // 2, length + 1))
    while begin < len(piece):
        if begin == 0:
            window = piece[:size]
            end = size
        else:
            rest, held = begin + 1, []
            for marks, first, count in (
                (meters, METER, COUNT["METER"]),
                (tempos, TEMPO, COUNT["TEMPO"]),
            ):
                if rest < len(piece) and first <= piece[rest] < first + count:
                    held.append(piece[rest : rest + 1])
                    rest += 1
                else:
                    held.append(piece[marks[marks < begin][-1:]])
            front = np.array([MID], dtype=np.uint16)
            window = np.concatenate([front, opening, piece[begin : begin + 1], *held])
            end = rest + length - len(window)
            window = np.concatenate([window, piece[rest:end]])
        yield window
        if end >= len(piece):
            return
        later = bars[(bars > begin) & (bars <= end)]
        begin = int(later[-1]) if len(later) else end
        if piece[begin] != BAR:
            following = bars[bars > begin]
            if not len(following):
                return
            begin = int(following[0])


def dressed(window: Symbols, length: int, mixture: Mixture, rng: np.random.Generator) -> Symbols:
    """A window after the dice: controls kept or dropped, density written, parts moved to FILLs."""
    if rng.random() < mixture.bare:
        window = without(window, _DROPPABLE)
    else:
        dice = rng.random()
        dropped = [f for f in _DROPPABLE if rng.random() > mixture.keep]
        if dice < mixture.density + mixture.pace:
            keep = rng.random(len(window)) < rng.choice((0.3, 1.0, 1.0))
            per_second = dice >= mixture.density
            window = with_density(window, per_second=per_second, keep=keep)
            if per_second and "TEMPO" in dropped:
                dropped.remove("TEMPO")
        window = without(window, dropped)
    if rng.random() < mixture.infill:
        window = _filled(window, length, rng)
    return window[:length]


def _filled(window: Symbols, length: int, rng: np.random.Generator) -> Symbols:
    """An infill of one to eight bars in one track or more, kept within `length`."""
    bars = np.flatnonzero(window == BAR)
    whole = len(bars) if window[-1] == EOS else len(bars) - 1  # the last may be cut
    if whole < 3:
        return window
    span = min(int(rng.integers(1, 9)), whole - 1)
    body = window[bars[0] :]
    slots = np.unique(body[(body >= TRACK) & (body < PROGRAM)]) - TRACK
    if not len(slots):
        return window
    count = len(slots) if rng.random() < 0.4 else int(rng.integers(1, len(slots) + 1))
    chosen = set(rng.choice(slots, size=count, replace=False).tolist())
    extra = span * (2 * count + 1) + 2
    end = int(np.searchsorted(bars, length - extra))  # bars that surely fit
    end = min(whole, end - 1 if end < len(bars) else end)
    if end <= span:
        return window
    first = int(rng.integers(0, end - span + 1))
    stop = bars[end] if end < len(bars) else len(window)
    context, answer = with_fills(window[:stop], first, first + span - 1, chosen)
    return np.concatenate([context, answer])


def passes(
    corpus: Corpus, length: int, mixture: Mixture, seed: int, pool: int = 512
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]]:
    """Rows without end: symbols (T,), features (4, T), targets (T,) with -1 where none.

    T = `length`. Deterministic by `seed`; windows are packed best fit out of a pool.
    """
    rng = np.random.default_rng(seed)
    waiting: list[Symbols] = []
    while True:
        for index in rng.permutation(len(corpus)):
            piece = np.asarray(corpus.piece(int(index)))
            low, high = room(piece)
            shift = int(rng.integers(max(-5, low), min(6, high) + 1))
            for window in cut(transposed(piece, shift), length, rng):
                waiting.append(dressed(window, length, mixture, rng))
            if len(waiting) >= pool:
                rows = pack(waiting, length)
                waiting = []
                for i in rng.permutation(len(rows)):
                    yield arrays(np.concatenate(rows[i]), length)


def pack(windows: list[Symbols], length: int) -> list[list[Symbols]]:
    """Windows gathered into rows of at most `length`, longest first, each where it fits best."""
    rows: list[tuple[int, list[Symbols]]] = []
    free: list[int] = []
    for window in sorted(windows, key=len, reverse=True):
        fits = [(space, i) for i, space in enumerate(free) if space >= len(window)]
        if fits:
            _, i = min(fits)
            rows[i][1].append(window)
            free[i] -= len(window)
        else:
            rows.append((len(rows), [window]))
            free.append(length - len(window))
    return [row for _, row in rows]


def arrays(
    row: Symbols, length: int
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]:
    """Input, features and targets of one row of symbols, padded to `length`."""
    symbols = np.full(length + 1, PAD, dtype=np.int64)
    symbols[: len(row)] = row
    targets = symbols[1:].copy()
    targets[_NO_TARGET[targets]] = -1
    return symbols[:-1], features(symbols[:-1].tolist()), targets
