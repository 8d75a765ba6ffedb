"""``/api/scores/import`` and the like: files in and out."""

from __future__ import annotations

from typing import IO, cast

from django.http import HttpRequest, HttpResponse
from ninja import File, Router, Status
from ninja.files import UploadedFile

from editor.models import Role
from editor.services.exporting import midi_file
from editor.services.importing import do_import_into, do_import_score
from editor.views.downloads import download
from editor.views.scores import REFUSALS
from editor.views.session import caller
from editor.views.shapes import AddedOut, NewScoreOut, Problem

router = Router()
FILE_REFUSALS = {400: Problem, 413: Problem, 422: Problem, 429: Problem, 503: Problem}


@router.post("/import", response={201: NewScoreOut, 409: Problem, **FILE_REFUSALS})
def import_score(request: HttpRequest, file: File[UploadedFile]) -> Status[NewScoreOut]:
    """A new score from a MIDI file."""
    score, warnings = do_import_score(caller(request), cast(IO[bytes], file), name=file.name or "")
    made = NewScoreOut(id=score.pk, title=score.title, role=Role.OWNER.value, warnings=warnings)
    return Status(201, made)


@router.post(
    "/{score_id}/import", response={200: AddedOut, 409: Problem, **FILE_REFUSALS, **REFUSALS}
)
def import_into(request: HttpRequest, score_id: str, file: File[UploadedFile]) -> AddedOut:
    """The tracks of a MIDI file, added to a score that is there."""
    added = do_import_into(caller(request), score_id, cast(IO[bytes], file), name=file.name or "")
    return AddedOut(tracks=added.tracks, notes=added.notes, warnings=added.warnings)


@router.get("/{score_id}/export.mid", response={200: bytes, **REFUSALS})
def export_mid(request: HttpRequest, score_id: str) -> HttpResponse:
    """The score as a MIDI file."""
    name, data = midi_file(caller(request), score_id)
    return download(data, name=name, kind="audio/midi")
