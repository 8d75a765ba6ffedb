"""A corpus in symbols: one memory-mapped uint16 array, with where each piece and bar begins.

Files of a corpus folder: `symbols.npy` (uint16, all pieces in the full plain form, end to end),
`offsets.npy` (int64, pieces + 1), `sources.json` (id and source of each piece).
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generation.composer.encoding import Symbols, encode
from generation.composer.vocabulary import VERSION
from generation.training.midi_folder import Source


@dataclass(frozen=True, slots=True)
class Corpus:
    """Encoded pieces: `symbols` uint16 (total,), `offsets` int64 (pieces + 1,)."""

    symbols: Symbols
    offsets: NDArray[np.int64]
    ids: list[str]
    sources: list[str]

    def __len__(self) -> int:
        return len(self.ids)

    def piece(self, index: int) -> Symbols:
        """The symbols of one piece, BOS to EOS (a view)."""
        return self.symbols[self.offsets[index] : self.offsets[index + 1]]


def gather(pieces: Iterable[Source]) -> Corpus:
    """Encode pieces in memory. Raises ValueError when there are none."""
    encoded: list[Symbols] = []
    ids: list[str] = []
    sources: list[str] = []
    for source in pieces:
        encoded.append(encode(source.piece))
        ids.append(source.id)
        sources.append(source.source)
    if not encoded:
        raise ValueError("No usable MIDI file was found. Give a folder that holds some.")
    offsets = np.concatenate([[0], np.cumsum([len(e) for e in encoded])]).astype(np.int64)
    return Corpus(np.concatenate(encoded), offsets, ids, sources)


def build(pieces: Iterable[Source], folder: Path) -> Corpus:
    """Encode pieces, write the corpus to `folder` and open it. Raises ValueError, OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    corpus = gather(pieces)
    np.save(folder / "symbols.npy", corpus.symbols)
    np.save(folder / "offsets.npy", corpus.offsets)
    about = {"version": VERSION, "ids": corpus.ids, "sources": corpus.sources}
    (folder / "sources.json").write_text(json.dumps(about), encoding="utf-8")
    return open_corpus(folder)


def open_corpus(folder: Path) -> Corpus:
    """Open a corpus that `build` wrote. Raises ValueError when its symbols are too old."""
    about = json.loads((folder / "sources.json").read_text(encoding="utf-8"))
    if about["version"] != VERSION:
        raise ValueError(f"The corpus in {folder} has symbols of another version. Build it again.")
    return Corpus(
        np.load(folder / "symbols.npy", mmap_mode="r"),
        np.load(folder / "offsets.npy"),
        about["ids"],
        about["sources"],
    )
