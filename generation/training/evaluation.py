"""How well a model foretells music: nats per note, against the n-gram baseline.

Both see the same symbols without controls, count every symbol of a piece but BOS, and share their
probability among the symbols that the grammar allows. The composer reads long pieces in windows
that begin at bars: every symbol is foretold with at least `earlier` symbols of the piece before
it (all of them, near its beginning), up to the model's context.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from generation.composer.encoding import Symbols, room, transposed, without
from generation.composer.grammar import masks
from generation.composer.model import Composer
from generation.composer.timeline import features
from generation.composer.vocabulary import BAR, CONTROLS, DURATION, METER, MID, TRACK, VELOCITY
from generation.training.corpus import Corpus
from generation.training.kneser_ney import KneserNey


@dataclass(frozen=True, slots=True)
class Score:
    """What foretelling one piece cost: nats over all its symbols, and its notes."""

    id: str
    source: str
    nats: float
    notes: int
    symbols: int


def bare(piece: Symbols) -> Symbols:
    """A piece without controls."""
    return without(np.asarray(piece), CONTROLS)


def notes_in(symbols: Symbols) -> int:
    """How many notes symbols hold."""
    return int(((symbols >= DURATION) & (symbols < VELOCITY)).sum())


def windows(piece: Symbols, length: int, earlier: int) -> Iterator[tuple[Symbols, int, int]]:
    """Windows of at most `length` symbols: the window, and which of the piece's symbols it scores.

    Yields (window, first, last): its last `last - first` symbols are piece[first:last], each with
    `earlier` or more symbols of the piece before it in the window.
    """
    first, last = 1, min(length, len(piece))
    yield piece[:last], first, last
    bars = np.flatnonzero(piece == BAR)
    meters = np.flatnonzero((piece >= METER) & (piece < TRACK))
    opening = piece[1 : bars[0]]
    while last < len(piece):
        fits = bars[bars <= last - earlier]
        begin = int(fits[-1])
        held = piece[meters[meters < begin][-1:]]
        rest = begin + 1
        if METER <= piece[rest] < TRACK:
            held, rest = piece[rest : rest + 1], rest + 1
        front = np.array([MID], dtype=np.uint16)
        window = np.concatenate([front, opening, piece[begin : begin + 1], held])
        first = last
        last = min(len(piece), max(first + 1, rest + length - len(window)))
        yield np.concatenate([window, piece[rest:last]])[-length:], first, last


def foretell(
    model: Composer, piece: Symbols, legal: NDArray[np.bool_], earlier: int
) -> NDArray[np.float64]:
    """Nats of each symbol behind BOS: (T - 1,)."""
    nats = np.empty(len(piece) - 1)
    for window, first, last in windows(piece, model.shape.context, earlier):
        ids = torch.from_numpy(window[:-1].astype(np.int64))[None]
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            logits = model(ids, torch.from_numpy(features(window[:-1].tolist()))[None])[0]
        count = last - first
        row = (
            logits[-count:].float().masked_fill(~torch.from_numpy(legal[first:last]), float("-inf"))
        )
        target = torch.from_numpy(piece[first:last].astype(np.int64))
        nats[first - 1 : last - 1] = torch.nn.functional.cross_entropy(
            row, target, reduction="none"
        ).numpy()
    return nats


def composer_scores(model: Composer, corpus: Corpus, earlier: int = 512) -> Iterator[Score]:
    """Score every piece of a corpus with the composer."""
    model.eval()
    for i in range(len(corpus)):
        piece = bare(corpus.piece(i))
        nats = foretell(model, piece, masks(piece), earlier)
        yield Score(corpus.ids[i], corpus.sources[i], float(nats.sum()), notes_in(piece), len(nats))


def baseline_scores(baseline: KneserNey, corpus: Corpus) -> Iterator[Score]:
    """Score every piece of a corpus with the n-grams."""
    for i in range(len(corpus)):
        piece = bare(corpus.piece(i))
        chances = baseline.distributions(piece) * masks(piece)[1:]
        chances /= chances.sum(1, keepdims=True)
        nats = -np.log(chances[np.arange(len(chances)), piece[1:]])
        yield Score(corpus.ids[i], corpus.sources[i], float(nats.sum()), notes_in(piece), len(nats))


def baseline_of(corpus: Corpus, moves: int, seed: int = 0) -> KneserNey:
    """Modified Kneser-Ney 5-grams of a corpus, each piece in up to `moves` of the transpositions
    that the composer trains on; discounts tuned on a twentieth of the pieces, held out."""
    rng = np.random.default_rng(seed)
    held = set(rng.permutation(len(corpus))[: max(1, len(corpus) // 20)].tolist())

    def moved(indices: Iterable[int], count: int) -> Iterator[Symbols]:
        for i in indices:
            piece = bare(corpus.piece(i))
            low, high = room(piece)
            shifts = np.arange(max(-5, low), min(6, high) + 1)
            for shift in rng.choice(shifts, size=min(count, len(shifts)), replace=False):
                yield transposed(piece, int(shift))

    model = KneserNey(moved((i for i in range(len(corpus)) if i not in held), moves))
    model.tune(list(moved(sorted(held), 1)))
    return model


def per_note(scores: list[Score]) -> float:
    """Nats per note over pieces."""
    return sum(s.nats for s in scores) / sum(s.notes for s in scores)


def by_source(scores: list[Score]) -> dict[str, float]:
    """Nats per note of each source."""
    return {
        source: per_note([s for s in scores if s.source == source])
        for source in sorted({s.source for s in scores})
    }


def macro(scores: list[Score]) -> float:
    """Nats per note, every source with the same weight."""
    return float(np.mean(list(by_source(scores).values())))


def compare(
    ours: list[Score], theirs: list[Score], draws: int = 1000, seed: int = 0
) -> dict[str, Any]:
    """Both models' nats per note and how far ours lies below (shares), with 95 % intervals.

    The intervals come from a bootstrap over pieces, drawn within each source for the macro mean.
    """
    rng = np.random.default_rng(seed)
    sources = sorted({s.source for s in ours})
    groups = [np.flatnonzero([s.source == name for s in ours]) for name in sources]
    a = np.array([[s.nats, t.nats, s.notes] for s, t in zip(ours, theirs, strict=True)])
    overall, averaged = [], []
    for _ in range(draws):
        total = a[rng.integers(len(a), size=len(a))].sum(0)
        overall.append(1 - total[0] / total[1])
        sums = np.array([a[rng.choice(g, size=len(g))].sum(0) for g in groups])
        rates = sums[:, :2] / sums[:, 2:]
        averaged.append(1 - rates[:, 0].mean() / rates[:, 1].mean())
    mine, base = by_source(ours), by_source(theirs)
    return {
        "composer": per_note(ours),
        "kneser_ney_5": per_note(theirs),
        "below": 1 - per_note(ours) / per_note(theirs),
        "below_interval": np.quantile(overall, [0.025, 0.975]).tolist(),
        "composer_macro": macro(ours),
        "kneser_ney_5_macro": macro(theirs),
        "below_macro": 1 - macro(ours) / macro(theirs),
        "below_macro_interval": np.quantile(averaged, [0.025, 0.975]).tolist(),
        "pieces": len(ours),
        "notes": sum(s.notes for s in ours),
        "symbols": sum(s.symbols for s in ours),
        "sources": {
            name: {
                "pieces": len(group),
                "notes": int(a[group, 2].sum()),
                "composer": mine[name],
                "kneser_ney_5": base[name],
                "below": 1 - mine[name] / base[name],
            }
            for name, group in zip(sources, groups, strict=True)
        },
    }
