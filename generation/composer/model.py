"""The composer's network: a small decoder-only transformer that knows musical time.

Pre-norm blocks (RMSNorm) of attention with queries and keys normalised, and a squared-ReLU
feed-forward layer (So et al. 2021). Of each head's dimensions one half is rotated (RoPE, Su et
al. 2021) by the symbol's index, the other by its onset in grid steps, so that "two bars ago, same
beat" is one relative angle. The place in the bar and the track slot that hold after a symbol are
added to its embedding, and the notes that a wished density still leaves; all of these follow from
the symbols alone (see `timeline`).

Shapes: B rows, T symbols, C channels, H heads, D = C / H, V symbols of the vocabulary.
"""

import math
from collections.abc import Callable
from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from generation.composer.timeline import NO_PLACE, NO_TRACK, WISHES
from generation.composer.vocabulary import SIZE


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of a composer. `context` is the longest sequence in symbols."""

    layers: int = 6
    channels: int = 256
    heads: int = 4
    hidden: int = 1024
    context: int = 1024
    vocabulary: int = SIZE

    def as_dict(self) -> dict[str, int]:
        """For the file of weights."""
        return asdict(self)


LONGEST_TIME = 8192.0  # steps: the longest period of the time rotation


def _frequencies(pairs: int) -> tuple[Tensor, Tensor]:
    """Angles per symbol and per grid step, each (pairs,), from fast to slow."""
    ramp = torch.arange(pairs, dtype=torch.float32) / max(1, pairs - 1)
    return 1024.0**-ramp, 2 * math.pi / (4.0 * (LONGEST_TIME / 4.0) ** ramp)


def rotation(time: Tensor, index: Tensor, head: int) -> tuple[Tensor, Tensor]:
    """Cosines and sines, (B, 1, T, D/2), at `index` (1 or B, T) and onset `time` (B, T)."""
    by_index, by_time = _frequencies(head // 4)
    angles = torch.cat(
        [
            (index[:, :, None].float() * by_index).expand(len(time), -1, -1),  # (B, T, D/4)
            time[:, :, None].float() * by_time,  # (B, T, D/4)
        ],
        dim=-1,
    )[:, None]  # (B, 1, T, D/2)
    return angles.cos(), angles.sin()


def _rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    a, b = x.chunk(2, dim=-1)  # 2 × (B, H, T, D/2)
    return torch.cat((a * cos - b * sin, b * cos + a * sin), dim=-1)  # (B, H, T, D)


class Cache:
    """Keys and values of symbols already read, preallocated: each (L, B, H, S, D)."""

    def __init__(self, shape: Shape, rows: int) -> None:
        size = (shape.layers, rows, shape.heads, shape.context, shape.channels // shape.heads)
        # Nothing is read before it was written, so that untouched memory costs nothing.
        self.keys = torch.empty(size)
        self.values = torch.empty(size)

    def copy(self, row: int, other: "Cache", other_row: int, length: int) -> None:
        """Take the first `length` symbols of another cache's row into a row of this one."""
        self.keys[:, row, :, :length] = other.keys[:, other_row, :, :length]
        self.values[:, row, :, :length] = other.values[:, other_row, :, :length]

    def attend(self, layer: int, row: int, start: int, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        """Keep T new symbols of a row at `start` and attend to all up to each: (1, H, T, D)."""
        end = start + q.shape[2]
        self.keys[layer, row, :, start:end] = k[0]
        self.values[layer, row, :, start:end] = v[0]
        keys, values = self.keys[layer, row, :, :end], self.values[layer, row, :, :end]
        scores = (q[0] * q.shape[-1] ** -0.5) @ keys.transpose(1, 2)  # (H, T, S)
        if q.shape[2] > 1:
            future = torch.ones(q.shape[2], end, dtype=torch.bool).triu(start + 1)
            scores = scores.masked_fill(future, -1e4)
        answer: Tensor = (scores.softmax(-1) @ values)[None]  # (1, H, T, D)
        return answer


Attend = Callable[[int, Tensor, Tensor, Tensor], Tensor]


def causal_attention(q: Tensor, k: Tensor, v: Tensor, stride: int = 256) -> Tensor:
    """Attention of whole rows, (B, H, T, D) each, `stride` queries at a time.

    In bfloat16 on a CPU these few large products are faster than the fused kernel.
    """
    rows, heads, length, size = q.shape
    q, k, v = (x.reshape(rows * heads, length, size) for x in (q * size**-0.5, k, v))
    parts: list[Tensor] = []
    for start in range(0, length, stride):
        end = min(start + stride, length)
        scores = q[:, start:end] @ k[:, :end].transpose(1, 2)  # (B·H, stride, end)
        future = torch.ones(end - start, end, dtype=torch.bool).triu(start + 1)
        scores = scores.masked_fill(future, -1e4)
        parts.append(scores.softmax(-1).to(v.dtype) @ v[:, :end])  # (B·H, stride, D)
    return torch.cat(parts, dim=1).view(rows, heads, length, size)


class Attention(nn.Module):
    """Attention with normalised, rotated queries and keys; `scale` is learned for each head."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.channels, 3 * shape.channels, bias=False)
        self.out = nn.Linear(shape.channels, shape.channels, bias=False)
        self.scale = nn.Parameter(torch.full((shape.heads, 1, 1), 1.5))

    def forward(
        self, x: Tensor, cos: Tensor, sin: Tensor, attend: Attend | None, layer: int
    ) -> Tensor:
        """(B, T, C) to (B, T, C); `attend` stands in for causal attention where given."""
        rows, length, channels = x.shape
        head = channels // self.heads
        q, k, v = self.qkv(x).view(rows, length, 3, self.heads, head).unbind(2)  # 3 × (B, T, H, D)
        q = _rotate(F.rms_norm(q.transpose(1, 2), (head,)), cos, sin)  # (B, H, T, D)
        k = _rotate(F.rms_norm(k.transpose(1, 2), (head,)), cos, sin)  # (B, H, T, D)
        q = (q * self.scale).to(v.dtype)
        k, v = k.to(v.dtype), v.transpose(1, 2)  # (B, H, T, D)
        y = attend(layer, q, k, v) if attend else causal_attention(q, k, v)  # (B, H, T, D)
        mixed: Tensor = self.out(y.transpose(1, 2).reshape(rows, length, channels))  # (B, T, C)
        return mixed


class Block(nn.Module):
    """Attention and feed-forward, each added to what came in."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention = Attention(shape)
        self.widen = nn.Linear(shape.channels, shape.hidden, bias=False)
        self.narrow = nn.Linear(shape.hidden, shape.channels, bias=False)
        self.channels = (shape.channels,)

    def forward(
        self, x: Tensor, cos: Tensor, sin: Tensor, attend: Attend | None, layer: int
    ) -> Tensor:
        """(B, T, C) to (B, T, C)."""
        x = x + self.attention(F.rms_norm(x, self.channels), cos, sin, attend, layer)  # (B, T, C)
        wide = F.relu(self.widen(F.rms_norm(x, self.channels))).square()  # (B, T, hidden)
        narrow: Tensor = self.narrow(wide)  # (B, T, C)
        return x + narrow


class Composer(nn.Module):
    """Symbols with their place in the music in, logits of the next symbol out."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.symbol = nn.Embedding(shape.vocabulary, shape.channels)
        self.place = nn.Embedding(NO_PLACE + 1, shape.channels)
        self.slot = nn.Embedding(NO_TRACK + 1, shape.channels)
        self.left = nn.Embedding(WISHES, shape.channels)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.head = nn.Linear(shape.channels, shape.vocabulary, bias=False)
        for table in (self.symbol, self.place, self.slot):
            nn.init.normal_(table.weight, std=0.5)
        nn.init.zeros_(self.left.weight)
        for name, weight in self.named_parameters():
            if name.endswith(("out.weight", "narrow.weight", "head.weight")):
                nn.init.zeros_(weight)
            elif weight.ndim == 2 and "blocks" in name:
                nn.init.normal_(weight, std=weight.shape[1] ** -0.5)

    @property
    def parameter_count(self) -> int:
        """How many numbers were learned."""
        return sum(p.numel() for p in self.parameters())

    def forward(self, symbols: Tensor, features: Tensor) -> Tensor:
        """Logits (B, T, V) after each of `symbols` (B, T).

        `features` (B, 4, T) are time, place, slot and left from `timeline.features`.
        Raises ValueError when the context is exceeded.
        """
        if symbols.shape[1] > self.shape.context:
            raise ValueError(f"{symbols.shape[1]} symbols exceed {self.shape.context}")
        index = torch.arange(symbols.shape[1])[None]  # (1, T)
        x = self._hidden(symbols, features, index, None)  # (B, T, C)
        logits: Tensor = self.head(x)
        return logits

    def read(
        self, symbols: Tensor, features: Tensor, cache: Cache, row: int, start: int, at: int
    ) -> Tensor:
        """Read T symbols (1, T) of one row that stand at `start`; logits (V,) after symbol `at`."""
        index = torch.arange(start, start + symbols.shape[1])[None]  # (1, T)

        def attend(layer: int, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
            return cache.attend(layer, row, start, q, k, v)

        x = self._hidden(symbols, features, index, attend)  # (1, T, C)
        logits: Tensor = self.head(x[:, at])[0]
        return logits

    def step(self, symbols: Tensor, features: Tensor, cache: Cache, starts: list[int]) -> Tensor:
        """Read one symbol in each row, (B, 1); logits (B, V). `starts` (B,), -1 for an idle row.

        Rows attend one by one and B is the same in every call, so that what a row gets depends
        to the last bit on that row alone.
        """

        def attend(layer: int, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
            rows = zip(starts, *(x.unsqueeze(1).unbind() for x in (q, k, v)), strict=True)
            return torch.cat(
                [
                    cache.attend(layer, i, at, *row) if at >= 0 else torch.zeros_like(row[0])
                    for i, (at, *row) in enumerate(rows)
                ]
            )  # (B, H, 1, D)

        index = torch.tensor(starts).clamp(min=0)[:, None]  # (B, 1)
        x = self._hidden(symbols, features, index, attend)  # (B, 1, C)
        logits: Tensor = self.head(x[:, 0])
        return logits

    def _hidden(
        self, symbols: Tensor, features: Tensor, index: Tensor, attend: Attend | None
    ) -> Tensor:
        time, place, slot, left = features.unbind(1)  # 4 × (B, T)
        cos, sin = rotation(time, index, self.shape.channels // self.shape.heads)
        x = self.symbol(symbols) + self.place(place) + self.slot(slot)  # (B, T, C)
        x = x + self.left(left)
        for layer, block in enumerate(self.blocks):
            x = block(x, cos, sin, attend, layer)  # (B, T, C)
        return F.rms_norm(x, (self.shape.channels,))
