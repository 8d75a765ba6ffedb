"""MIDI files into scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, Final

from collaboration import services as live
from collaboration.services import Change
from editor.files.midi_in import Imported
from editor.files.midi_process import read_midi_file
from editor.files.refusal import FileRefused
from editor.files.smf import LARGEST_FILE
from editor.models import Person, Role
from editor.models import Score as ScoreRow
from editor.score.order import orders_after
from editor.score.score import Score, Track
from editor.services.quota import check_room_for_another, check_room_for_more
from editor.services.refused import Busy, Refused, Unfit
from editor.services.rights import score_for
from editor.services.scores import LONGEST_TITLE, UNTITLED, do_add_score
from editor.services.token_bucket import IMPORTS
from editor.services.words import one_line

TRACK_FIELDS: Final = (
    "order", "name", "kind", "program", "color", "volume", "pan", "mute", "reverb", "chorus",
)  # fmt: skip


class FileUnfit(Refused):
    """A file that can't be opened."""

    status = 400


class FileTooLarge(Refused):
    """A file larger than what is opened."""

    status = 413


@dataclass(frozen=True, slots=True)
class Added:
    """What an import brought into a score that was there already."""

    tracks: int
    notes: int
    warnings: list[str]


def do_import_score(person: Person, file: IO[bytes], *, name: str) -> tuple[ScoreRow, list[str]]:
    """A new score from a MIDI file, and what to know of it. Nothing is made when it fails.

    Raises:
        FileUnfit, FileTooLarge: the file can't be opened; the text says why.
        Full, TooOften, Unfit: see `do_add_score`.
    """
    IMPORTS.take(person.pk)
    check_room_for_another(person)
    imported = _read(file, name)
    title = one_line(imported.score.title)[:LONGEST_TITLE] or UNTITLED
    return do_add_score(person, imported.score, title=title), imported.warnings


def do_import_into(person: Person, score_id: str, file: IO[bytes], *, name: str) -> Added:
    """Add the tracks of a MIDI file to a score, as one edit of the person.

    A score without notes also takes over tempo, meter, keys and markers.

    Raises:
        NotThere, Gone, NoRight, TooOften: see `score_for`.
        FileUnfit, FileTooLarge: the file can't be opened.
        Full: the scores of the score's owner take all the room of a guest.
        Unfit: the score would become too large.
    """
    score, _ = score_for(person, score_id, Role.EDITOR)
    IMPORTS.take(person.pk)
    check_room_for_more(score.owner)
    imported = _read(file, name)
    there, _ = live.read(score.pk)
    last = max((track.order for track in there.tracks.values()), default=None)
    changes = _track_changes(imported.score, last)
    if not there.notes:
        changes += _timeline_changes(imported.score)
    try:
        live.submit(score.pk, changes, person.pk)
    except live.ChangeError as error:
        raise Unfit("content_unfit", str(error)) from error
    return Added(len(imported.score.tracks), len(imported.score.notes), imported.warnings)


def _read(file: IO[bytes], name: str) -> Imported:
    data = file.read(LARGEST_FILE + 1)
    try:
        return read_midi_file(data, name)
    except FileRefused as refusal:
        kind = {"file_too_large": FileTooLarge, "busy": Busy}.get(refusal.code, FileUnfit)
        raise kind(refusal.code, refusal.text) from refusal


def _track_changes(score: Score, last_order: str | None) -> list[Change]:
    """Tracks below those that are there, with their notes, lyrics and lanes."""
    tracks = score.ordered_tracks()
    changes: list[Change] = []
    for track, order in zip(tracks, orders_after(last_order, len(tracks)), strict=True):
        changes += [
            Change("tracks", f"{track.id}:{field}", _field(track, field, order))
            for field in TRACK_FIELDS
        ]
    for note in score.notes.values():
        row: list[int | str] = [note.track, note.pitch, note.start, note.duration, note.velocity]
        changes.append(Change("notes", note.id, row))
    for (note_id, name), value in score.note_attrs.items():
        changes.append(Change("noteAttrs", f"{note_id}:{name}", value))
    for (track_id, controller), lane in score.lanes.items():
        for tick, (value, shape) in lane.items():
            changes.append(Change("lanes", f"{track_id}:{controller}:{tick}", [value, shape]))
    return changes


def _field(track: Track, field: str, order: str) -> int | str:
    value: int | str = order if field == "order" else getattr(track, field)
    return int(value) if isinstance(value, bool) else value


def _timeline_changes(score: Score) -> list[Change]:
    changes = [Change("tempo", str(tick), list(event)) for tick, event in score.tempo.items()]
    changes += [Change("meter", str(tick), list(event)) for tick, event in score.meter.items()]
    changes += [Change("keys", str(tick), list(event)) for tick, event in score.keys.items()]
    changes += [Change("markers", name, list(mark)) for name, mark in score.markers.items()]
    return changes
