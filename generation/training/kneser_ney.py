"""Interpolated modified Kneser-Ney n-grams over symbols: the baseline of the composer.

After Chen & Goodman, "An empirical study of smoothing techniques for language modeling" (1999):
three discounts per order, lower orders on continuation counts. The discounts begin at the closed
form and are tuned on held-out symbols. Grams are uint64 keys of ten bits a symbol.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.composer.encoding import Symbols
from generation.composer.vocabulary import BOS, SIZE

_BITS = np.uint64(10)
Keys = NDArray[np.uint64]
Floats = NDArray[np.float64]
LARGEST: Floats = np.array([0.99, 1.99, 2.99])  # a gram can't give more than it has


def grams(symbols: Symbols, order: int) -> Keys:
    """The gram that ends at each symbol behind the first, BOS repeated before: (T - 1,)."""
    padded = np.concatenate([np.full(order - 2, BOS), symbols]).astype(np.uint64)
    count = len(symbols) - 1
    keys = np.zeros(count, dtype=np.uint64)
    for i in range(order):
        keys = (keys << _BITS) | padded[i : i + count]
    return keys


@dataclass(slots=True)
class _Order:
    """Counts of one order, grams sorted; a context's grams are a run of them."""

    keys: Keys  # (G,) gram keys
    counts: Floats  # (G,)
    contexts: Keys  # (C,)
    begins: NDArray[np.int64]  # (C + 1,)
    totals: Floats  # (C,)
    levels: Floats  # (C, 3): how many grams with count 1, 2, 3 and more
    discounts: Floats  # (3,)

    def discounted(self) -> Floats:
        """Counts less their discounts: (G,)."""
        level = np.minimum(self.counts, 3).astype(np.int64) - 1
        rest: Floats = np.maximum(self.counts - self.discounts[level], 0.0)
        return rest

    def weights(self) -> Floats:
        """What each context gives to the order below: (C,)."""
        level = np.minimum(self.counts, 3).astype(np.int64) - 1
        taken = np.minimum(self.counts, self.discounts[level])
        kept: Floats = np.add.reduceat(taken, self.begins[:-1]) / self.totals
        return kept


def _order(keys: Keys, counts: Floats) -> _Order:
    contexts, begins = np.unique(keys >> _BITS, return_index=True)
    ends = np.append(begins, len(keys)).astype(np.int64)
    levels = np.stack(
        [
            np.add.reduceat((counts == 1).astype(np.float64), begins),
            np.add.reduceat((counts == 2).astype(np.float64), begins),
            np.add.reduceat((counts >= 3).astype(np.float64), begins),
        ],
        axis=1,
    )
    n = [float(np.sum(counts == i)) + 1.0 for i in (1, 2, 3, 4)]
    y = n[0] / (n[0] + 2 * n[1])
    discounts = np.clip([i + 1 - (i + 2) * y * n[i + 1] / n[i] for i in range(3)], 0.05, LARGEST)
    return _Order(keys, counts, contexts, ends, np.add.reduceat(counts, begins), levels, discounts)


class KneserNey:
    """An n-gram model of `order` symbols, counted from sequences that begin with BOS."""

    def __init__(self, sequences: Iterable[Symbols], order: int = 5) -> None:
        self.order = order
        keys, raw = np.unique(
            np.concatenate([grams(s, order) for s in sequences]), return_counts=True
        )
        counts = raw.astype(np.float64)
        self.orders: list[_Order] = []
        self._tables: list[tuple[Floats, Floats]] | None = None
        for length in range(order, 0, -1):
            self.orders.insert(0, _order(keys, counts))
            if length > 1:
                mask = (np.uint64(1) << (_BITS * np.uint64(length - 1))) - np.uint64(1)
                keys, raw = np.unique(keys & mask, return_counts=True)
                counts = raw.astype(np.float64)

    def tune(self, sequences: Sequence[Symbols], rounds: int = 2) -> float:
        """Fit the discounts to held-out sequences, one at a time; nats per symbol reached."""
        self._tables = None
        looked = [self._look(sequences, k) for k in range(self.order)]

        def nats() -> float:
            p = np.full(len(looked[0][0]), 1.0 / SIZE)
            for (count, total, levels), order in zip(looked, self.orders, strict=True):
                d = order.discounts
                index = np.minimum(count, 3).astype(np.int64) - 1
                own = np.where(count > 0, np.maximum(count - d[np.maximum(index, 0)], 0), 0.0)
                p = np.where(total > 0, (own + levels @ d * p) / np.maximum(total, 1), p)
            return float(-np.log(p).mean())

        best = nats()
        for step in (0.2, 0.07)[:rounds]:
            for order in reversed(self.orders):
                for i in range(3):
                    for change in (step, -step):
                        while True:
                            old = order.discounts[i]
                            order.discounts[i] = min(max(old + change, 0.01), LARGEST[i])
                            now = nats()
                            if now >= best - 1e-6:
                                order.discounts[i] = old
                                break
                            best = now
        return best

    def _look(self, sequences: Sequence[Symbols], k: int) -> tuple[Floats, Floats, Floats]:
        """Count of each held-out gram of order k + 1, its context's total and levels."""
        order = self.orders[k]
        keys = np.concatenate([grams(s, self.order) for s in sequences])
        keys = keys & ((np.uint64(1) << (_BITS * np.uint64(k + 1))) - np.uint64(1))
        at = np.minimum(np.searchsorted(order.keys, keys), len(order.keys) - 1)
        counts = np.where(order.keys[at] == keys, order.counts[at], 0.0)
        contexts = keys >> _BITS
        at = np.minimum(np.searchsorted(order.contexts, contexts), len(order.contexts) - 1)
        known = order.contexts[at] == contexts
        return (
            counts,
            np.where(known, order.totals[at], 0.0),
            np.where(known[:, None], order.levels[at], 0.0),
        )

    def distributions(self, symbols: Symbols) -> Floats:
        """Probabilities of the symbol at each place behind the first: (T - 1, SIZE)."""
        if self._tables is None:
            self._tables = [(o.weights(), o.discounted()) for o in self.orders]
        keys = grams(symbols, self.order)
        p = np.full((len(keys), SIZE), 1.0 / SIZE)
        for k, order in enumerate(self.orders):
            mask = (np.uint64(1) << (_BITS * np.uint64(k + 1))) - np.uint64(1)
            contexts = (keys & mask) >> _BITS
            at = np.minimum(np.searchsorted(order.contexts, contexts), len(order.contexts) - 1)
            known = np.flatnonzero(order.contexts[at] == contexts)
            at = at[known]
            sizes = order.begins[at + 1] - order.begins[at]
            rows = np.repeat(known, sizes)
            offsets = np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
            entries = np.repeat(order.begins[at], sizes) + offsets
            weights, counts = self._tables[k]
            p[known] *= weights[at][:, None]
            columns = (order.keys[entries] & np.uint64(1023)).astype(np.int64)
            share = counts[entries] / np.repeat(order.totals[at], sizes)
            p[rows, columns] += share
        return p
