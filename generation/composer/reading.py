"""Reading prompts into the cache, in whole blocks, so that what was read before is used again.

Every block has the same length and stands at a multiple of it, and a short last one is padded;
so each is computed in the same way whether the blocks before were just read or kept from an
earlier request: warm and cold give the same bits.
"""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from generation.composer.model import Cache, Composer
from generation.composer.timeline import features
from generation.composer.vocabulary import PAD

BLOCK = 64
ROWS = 4  # candidates that are written at once, at most


class Reader:
    """A model with the prompts that it read last."""

    def __init__(self, model: Composer, remembered: int = 4) -> None:
        self.model = model
        self._memory = Cache(model.shape, remembered)
        self._read: list[list[int]] = [[] for _ in range(remembered)]
        self._used: list[int] = [0] * remembered
        self._clock = 0
        self.reused = 0

    def page(self) -> Cache:
        """An empty cache of ROWS rows to write in."""
        return Cache(self.model.shape, ROWS)

    def prompt(
        self, symbols: Sequence[int], page: Cache, rows: Sequence[int]
    ) -> NDArray[np.float32]:
        """Read a prompt into `rows` of a page; logits (V,) of the symbol that follows it.

        Raises ValueError when the prompt is empty or longer than the context.
        """
        if not symbols or len(symbols) > self.model.shape.context:
            raise ValueError(f"a prompt of {len(symbols)} symbols")
        wanted = list(symbols)
        common = [_common(wanted, kept) for kept in self._read]
        best = max(range(len(common)), key=lambda i: common[i])
        # The last block is read again for its logits, even when it is known whole.
        known = min(common[best], len(wanted) - 1) // BLOCK * BLOCK
        self._clock += 1
        slot = best if known else min(range(len(self._used)), key=lambda i: self._used[i])
        self._used[slot] = self._clock
        self._read[slot] = wanted[:known]
        self.reused = known
        padded = wanted + [PAD] * (-len(wanted) % BLOCK)
        ids = torch.tensor(padded)[None]  # (1, T)
        places = torch.from_numpy(features(padded))[None]  # (1, 4, T)
        logits = torch.empty(0)
        with torch.inference_mode():
            for start in range(known, len(padded), BLOCK):
                end = min(start + BLOCK, len(wanted))
                logits = self.model.read(
                    ids[:, start : start + BLOCK],
                    places[:, :, start : start + BLOCK],
                    self._memory,
                    slot,
                    start,
                    end - start - 1,
                )
                self._read[slot] = wanted[:end]
            for row in rows:
                page.copy(row, self._memory, slot, len(wanted))
        answer: NDArray[np.float32] = logits.numpy().copy()
        return answer

    def step(
        self,
        symbols: dict[int, int],
        places: dict[int, tuple[int, int, int, int]],
        starts: dict[int, int],
        page: Cache,
    ) -> NDArray[np.float32]:
        """Read one symbol in each row named; logits (ROWS, V), of use in those rows only."""
        ids = torch.zeros((ROWS, 1), dtype=torch.long)
        where = torch.zeros((ROWS, 4, 1), dtype=torch.int32)
        for row, symbol in symbols.items():
            ids[row, 0] = symbol
            where[row, :, 0] = torch.tensor(places[row])
        with torch.inference_mode():
            logits = self.model.step(ids, where, page, [starts.get(row, -1) for row in range(ROWS)])
        answer: NDArray[np.float32] = logits.numpy()
        return answer


def _common(a: list[int], b: list[int]) -> int:
    count = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        count += 1
    return count
