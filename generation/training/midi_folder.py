"""Pieces from MIDI files: a folder of any kind, or one with an index of what is known.

An indexed folder holds `index.csv` (id, source, tier, tempo_known, midi ...) and, beside it,
`annotations.jsonl.gz` with keys and chords; a bare folder is searched for MIDI files.
"""

import csv
import gzip
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import symusic

from generation.composer.piece import GridNote, Part, Piece, pickup, shifted, tidy
from generation.composer.vocabulary import MAX_TRACKS, STEPS_PER_QUARTER, STYLES

STYLE_OF_SOURCE = {
    "airds": "tune", "oneills": "tune", "ryans": "tune", "miscfolk": "tune",
    "bach": "chorale", "jsfakes": "chorale", "lieder": "song", "osq": "quartet",
    "openewld": "leadsheet", "pop909": "pop", "musetrainer": "piano",
}  # fmt: skip
_TONICS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_KINDS: tuple[tuple[str, int], ...] = (  # the first that fits
    (r"^(maj7|major-seventh|M7)", 3),
    (r"^(min7|minor-seventh|m7|min9|minor-ninth)", 4),
    (r"^(dim|half-dim|hdim|o|m7b5)", 5),
    (r"^(aug|\+)", 6),
    (r"^sus", 7),
    (r"^(min|m(?!aj))", 1),
    (r"^(7|9|11|13|dominant)", 2),
    (r"", 0),
)


LONGEST = 12 * 40_000  # steps: ten thousand bars of four-four


class Unreadable(ValueError):
    """A file that holds no music that can be read."""


@dataclass(frozen=True, slots=True)
class Source:
    """A piece and where it comes from."""

    id: str
    source: str
    piece: Piece


def read_folder(
    folder: Path,
    tiers: tuple[str, ...] = ("A", "B"),
    report: Callable[[str], None] = lambda line: None,
) -> Iterator[Source]:
    """Every usable piece; of an indexed folder only those of the licence `tiers` given.

    Files that can't be read are left out and reported.
    """
    for name, source, path, options in _listed(folder, tiers):
        try:
            piece = read_midi(path, **options)
        except Unreadable as problem:
            report(f"{name} is left out: {problem}")
            continue
        if piece is not None:
            yield Source(name, source, piece)


def _listed(
    folder: Path, tiers: tuple[str, ...]
) -> Iterator[tuple[str, str, Path, dict[str, Any]]]:
    """Id, source and file of each piece, and what is known about it."""
    index = folder / "index.csv"
    if not index.exists():
        for path in sorted(p for p in folder.rglob("*") if p.suffix.lower() in (".mid", ".midi")):
            source = path.parent.name if path.parent != folder else folder.name
            yield str(path.relative_to(folder)), source, path, {}
        return
    notes: dict[str, dict[str, Any]] = {}
    annotated = folder / "annotations.jsonl.gz"
    if annotated.exists():
        with gzip.open(annotated, "rt", encoding="utf-8") as lines:
            notes = {row["id"]: row for row in map(json.loads, lines)}
    with index.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["tier"] in tiers:
                known = {
                    "knowledge": notes.get(row["id"]),
                    "tempo_known": row["tempo_known"] == "1" and row["source"] != "jsfakes",
                    "style": STYLE_OF_SOURCE.get(row["source"], "other"),
                }
                yield row["id"], row["source"], folder / row["midi"], known


def read_midi(
    path: Path,
    *,
    knowledge: dict[str, Any] | None = None,
    tempo_known: bool = True,
    style: str | None = None,
) -> Piece | None:
    """A MIDI file on the grid, its pickup restored; None when it has no pitched notes.

    Raises Unreadable for a file that is no MIDI, or longer than any music.
    """
    try:
        score: Any = symusic.Score(str(path))
    except Exception as problem:  # symusic raises RuntimeError and others for broken files
        raise Unreadable(str(problem)) from problem
    if score.ticks_per_quarter <= 0:
        raise Unreadable("its ticks have no length")
    scale = STEPS_PER_QUARTER / score.ticks_per_quarter

    def step(tick: int) -> int:
        return int(tick * scale + 0.5)

    parts: list[Part] = []
    for track in score.tracks:
        if track.is_drum or not len(track.notes):
            continue
        notes = [
            GridNote(
                step(n.time),
                n.pitch,
                max(1, step(n.time + n.duration) - step(n.time)),
                n.velocity,
            )
            for n in track.notes
        ]
        parts.append(Part(track.program, tidy(notes)))
    parts = parts[:MAX_TRACKS]
    if not parts:
        return None
    if max(n.start for p in parts for n in p.notes) > LONGEST:
        raise Unreadable("a note lies hours behind the beginning")
    everywhere = {n.velocity for p in parts for n in p.notes}
    for part in parts:
        if len(everywhere) == 1 or {n.velocity for n in part.notes} == {80}:  # nobody chose it
            part.notes = [n._replace(velocity=None) for n in part.notes]
    meters = [(step(t.time), t.numerator, t.denominator) for t in score.time_signatures]
    piece = Piece(parts, sorted(meters) or [(0, 4, 4)])
    if tempo_known:
        piece.tempos = [(step(t.time), float(t.qpm)) for t in score.tempos]
    if style is not None:
        piece.style = STYLES.index(style)
    if knowledge is not None:
        _learn(piece, knowledge)
    first = piece.meters[0]
    until = next((m[0] for m in piece.meters[1:] if m[1:] != first[1:]), piece.end)
    notes = [n for p in piece.parts for n in p.notes if n.start < until]
    return shifted(piece, pickup(notes, round(48 * first[1] / first[2])))


def _learn(piece: Piece, row: dict[str, Any]) -> None:
    """Key and chords from a row of annotations."""
    keys = row.get("keys") or []
    if keys:
        mode, name = str(keys[0][2]), str(keys[0][3])
        found = re.match(r"([A-G])([b#-]?)", name)
        if found and mode in ("major", "minor", "mixolydian", "dorian", "lydian", "phrygian"):
            tonic = _TONICS[found[1]] + {"#": 1, "b": -1, "-": -1}.get(found[2], 0)
            piece.key = (tonic % 12, mode in ("minor", "dorian", "phrygian"))
    chords: list[tuple[int, int, int | None]] = []
    for beat, _, symbol in row.get("chords") or []:
        found = re.match(r"([A-G])([b#]?):?(.*)", str(symbol))
        at = int(float(beat) * STEPS_PER_QUARTER + 0.5)
        if found and "." not in str(symbol):
            root = _TONICS[found[1]] + {"#": 1, "b": -1}.get(found[2], 0)
            kind = next(k for pattern, k in _KINDS if re.match(pattern, found[3]))
            chords.append((at, root % 12, kind))
        elif str(symbol) in ("N", "N.C."):
            chords.append((at, 0, None))
    if len(chords) >= 4:
        piece.chords = sorted(chords, key=lambda c: c[0])
