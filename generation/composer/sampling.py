"""From logits to a symbol: mask, temperature, nucleus, one draw."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.composer.grammar import Row


@dataclass(frozen=True, slots=True)
class Taste:
    """How freely to draw: temperature > 0, and the share of probability that is kept."""

    temperature: float = 0.95
    nucleus: float = 0.97


def draw(
    logits: NDArray[np.float32], legal: Row, taste: Taste, rng: np.random.Generator
) -> tuple[int, float]:
    """A legal symbol and its log-probability in nats under the untempered legal distribution.

    One number is taken from `rng` in any case. Raises ValueError when nothing is legal.
    """
    where = np.flatnonzero(legal)
    chance = float(rng.random())
    if not len(where):
        raise ValueError("no symbol is legal")
    if len(where) == 1:
        return int(where[0]), 0.0
    own = logits[where].astype(np.float64)
    own -= own.max()
    plain = own - np.log(np.exp(own).sum())  # log-probabilities of the legal symbols
    weights = np.exp(own / taste.temperature)
    weights /= weights.sum()
    order = np.argsort(-weights, kind="stable")
    heard = np.cumsum(weights[order])
    kept = min(len(order), int(np.searchsorted(heard, taste.nucleus)) + 1)
    pick = order[min(kept - 1, int(np.searchsorted(heard[:kept], chance * heard[kept - 1])))]
    return int(where[pick]), float(plain[pick])
