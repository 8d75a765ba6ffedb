"""The composer's network: a small decoder-only transformer that knows musical time.

Pre-norm blocks (RMSNorm) of attention with queries and keys normalised, and a squared-ReLU
feed-forward layer (So et al. 2021). Of each head's dimensions one half is rotated (RoPE, Su et
al. 2021) by the symbol's index, the other by its onset in grid steps, so that "two bars ago, same
beat" is one relative angle. The place in the bar and the track slot that hold after a symbol are
added to its embedding; both follow from the symbols alone (see `timeline`).

Shapes: B rows, T symbols, C channels, H heads, D = C / H, V symbols of the vocabulary.
"""

import math
from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from generation.composer.timeline import NO_PLACE, NO_TRACK
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
    """Cosines and sines for symbols at `index` (T,) and onset `time` (B, T): (B, 1, T, D/2)."""
    by_index, by_time = _frequencies(head // 4)
    angles = torch.cat(
        [
            (index[:, None].float() * by_index).expand(time.shape[0], -1, -1),  # (B, T, D/4)
            time[:, :, None].float() * by_time,  # (B, T, D/4)
        ],
        dim=-1,
    )[:, None]  # (B, 1, T, D/2)
    return angles.cos(), angles.sin()


def _rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    a, b = x.chunk(2, dim=-1)  # 2 × (B, H, T, D/2)
    return torch.cat((a * cos - b * sin, b * cos + a * sin), dim=-1)  # (B, H, T, D)


class Cache:
    """Keys and values of symbols already read, preallocated: 2 × (L, B, H, S, D)."""

    def __init__(self, shape: Shape, rows: int, dtype: torch.dtype = torch.float32) -> None:
        size = (shape.layers, rows, shape.heads, shape.context, shape.channels // shape.heads)
        self.keys = torch.zeros(size, dtype=dtype)
        self.values = torch.zeros(size, dtype=dtype)
        self.length = 0

    def copy_from(self, other: "Cache", length: int) -> None:
        """Take the first `length` symbols of another cache's first row into every row."""
        self.keys[:, :, :, :length] = other.keys[:, :1, :, :length]
        self.values[:, :, :, :length] = other.values[:, :1, :, :length]
        self.length = length


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
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.channels, 3 * shape.channels, bias=False)
        self.out = nn.Linear(shape.channels, shape.channels, bias=False)
        self.scale = nn.Parameter(torch.full((shape.heads, 1, 1), 1.5))

    def forward(
        self, x: Tensor, cos: Tensor, sin: Tensor, cache: Cache | None, layer: int
    ) -> Tensor:
        rows, length, channels = x.shape
        head = channels // self.heads
        q, k, v = self.qkv(x).view(rows, length, 3, self.heads, head).unbind(2)  # 3 × (B, T, H, D)
        q = _rotate(F.rms_norm(q.transpose(1, 2), (head,)), cos, sin)  # (B, H, T, D)
        k = _rotate(F.rms_norm(k.transpose(1, 2), (head,)), cos, sin)  # (B, H, T, D)
        q = (q * self.scale).to(v.dtype)
        k, v = k.to(v.dtype), v.transpose(1, 2)  # (B, H, T, D)
        if cache is None:
            y = causal_attention(q, k, v)  # (B, H, T, D)
        else:
            start, end = cache.length, cache.length + length
            cache.keys[layer, :, :, start:end] = k
            cache.values[layer, :, :, start:end] = v
            keys, values = cache.keys[layer, :, :, :end], cache.values[layer, :, :, :end]
            mask = None
            if length > 1:
                mask = torch.ones(length, end, dtype=torch.bool).tril(start)  # (T, S)
            y = F.scaled_dot_product_attention(q, keys, values, attn_mask=mask)  # (B, H, T, D)
        return self.out(y.transpose(1, 2).reshape(rows, length, channels))  # (B, T, C)


class Block(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention = Attention(shape)
        self.widen = nn.Linear(shape.channels, shape.hidden, bias=False)
        self.narrow = nn.Linear(shape.hidden, shape.channels, bias=False)
        self.channels = (shape.channels,)

    def forward(
        self, x: Tensor, cos: Tensor, sin: Tensor, cache: Cache | None, layer: int
    ) -> Tensor:
        x = x + self.attention(F.rms_norm(x, self.channels), cos, sin, cache, layer)  # (B, T, C)
        return x + self.narrow(F.relu(self.widen(F.rms_norm(x, self.channels))).square())


class Composer(nn.Module):
    """Symbols with their place in the music in, logits of the next symbol out."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.symbol = nn.Embedding(shape.vocabulary, shape.channels)
        self.place = nn.Embedding(NO_PLACE + 1, shape.channels)
        self.slot = nn.Embedding(NO_TRACK + 1, shape.channels)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.head = nn.Linear(shape.channels, shape.vocabulary, bias=False)
        for table in (self.symbol, self.place, self.slot):
            nn.init.normal_(table.weight, std=0.5)
        for name, weight in self.named_parameters():
            if name.endswith(("out.weight", "narrow.weight", "head.weight")):
                nn.init.zeros_(weight)
            elif weight.ndim == 2 and "blocks" in name:
                nn.init.normal_(weight, std=weight.shape[1] ** -0.5)

    @property
    def parameter_count(self) -> int:
        """How many numbers were learned."""
        return sum(p.numel() for p in self.parameters())

    def forward(
        self, symbols: Tensor, features: Tensor, cache: Cache | None = None, last: bool = False
    ) -> Tensor:
        """Logits (B, T, V) after each of `symbols` (B, T).

        `features` (B, 3, T) are time, place and slot from `timeline.features`. With a cache the
        symbols follow those in it and are added to it; `last` keeps only the last logits.
        Raises ValueError when the context is exceeded.
        """
        start = cache.length if cache is not None else 0
        length = symbols.shape[1]
        if start + length > self.shape.context:
            raise ValueError(f"{start + length} symbols exceed the context {self.shape.context}")
        time, place, slot = features.unbind(1)  # 3 × (B, T)
        index = torch.arange(start, start + length)
        cos, sin = rotation(time, index, self.shape.channels // self.shape.heads)
        x = self.symbol(symbols) + self.place(place) + self.slot(slot)  # (B, T, C)
        for layer, block in enumerate(self.blocks):
            x = block(x, cos, sin, cache, layer)  # (B, T, C)
        if cache is not None:
            cache.length = start + length
        x = F.rms_norm(x[:, -1:] if last else x, (self.shape.channels,))
        logits: Tensor = self.head(x)  # (B, T, V)
        return logits
