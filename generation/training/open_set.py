"""A small open training set out of music21's own corpus, for who has no folder of MIDI files."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

COLLECTIONS = {
    "bach": "bach",
    "ryansMammoth": "ryans",
    "airdsAirs": "airds",
    "oneills1850": "oneills",
    "miscFolk": "miscfolk",
}


def write_open_set(folder: Path, limit: int, report: Callable[[str], None]) -> int:
    """Write up to `limit` pieces as MIDI files, taken evenly from the collections; how many.

    Files that are there already are kept, so a broken-off run goes on.
    """
    written = 0
    share = max(1, limit // len(COLLECTIONS))
    for collection, name in COLLECTIONS.items():
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        count = len(list(place.glob("*.mid")))
        for title, stream in _pieces(collection):
            if count >= share:
                break
            path = place / f"{title}.mid"
            if path.exists():
                continue
            try:
                stream.write("midi", fp=str(path))
            except Exception as problem:  # music21 raises whatever its parsers raise
                report(f"{title} is left out: {problem}")
                continue
            count += 1
        report(f"{name}: {count} pieces")
        written += count
    return written


def _pieces(collection: str) -> Iterator[tuple[str, Any]]:
    from music21 import corpus, stream

    for path in corpus.getPaths():
        if collection not in Path(path).parts:
            continue
        parsed = corpus.parse(path)
        scores = parsed.scores if isinstance(parsed, stream.Opus) else [parsed]
        for i, score in enumerate(scores):
            yield f"{Path(path).stem}-{i:04d}", score
