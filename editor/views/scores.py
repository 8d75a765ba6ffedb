"""``/api/scores``: lists, making, naming, copying, the trash."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from editor.models import Role
from editor.selectors.scores import scores_of, trash_of
from editor.services.refused import Gone
from editor.services.rights import own_score, score_for
from editor.services.scores import (
    do_create_score,
    do_delete_score,
    do_duplicate_score,
    do_rename_score,
    do_restore_score,
)
from editor.services.summaries import refresh
from editor.views.session import caller
from editor.views.shapes import (
    NewScoreIn,
    NewScoreOut,
    Problem,
    ScoreOut,
    ScoreRowOut,
    TitleIn,
    score_out,
    score_row_out,
)

router = Router()
REFUSALS = {403: Problem, 404: Problem, 410: Problem}


@router.get("", response=list[ScoreRowOut])
def scores(request: HttpRequest, trash: bool = False) -> list[ScoreRowOut]:
    """My scores and those shared with me, the latest first; with `trash` what I deleted."""
    person = caller(request)
    if trash:
        return [score_row_out(score, Role.OWNER.value) for score in trash_of(person)]
    listed = scores_of(person)
    refresh(score for score, _ in listed)
    return [score_row_out(score, role) for score, role in listed]


@router.post("", response={201: NewScoreOut, 409: Problem, 422: Problem, 429: Problem})
def create(request: HttpRequest, new: NewScoreIn | None = None) -> Status[NewScoreOut]:
    """An empty score."""
    score = do_create_score(caller(request), title=new.title if new else None)
    return Status(201, NewScoreOut(id=score.pk, title=score.title, role=Role.OWNER.value))


@router.get("/{score_id}", response={200: ScoreOut, **REFUSALS})
def score(request: HttpRequest, score_id: str) -> ScoreOut:
    """One score. Its owner sees it in the trash too."""
    person = caller(request)
    try:
        found, role = score_for(person, score_id)
    except Gone:
        found, role = own_score(person, score_id), Role.OWNER.value
    return score_out(found, role)


@router.patch("/{score_id}", response={200: ScoreOut, 422: Problem, **REFUSALS})
def rename(request: HttpRequest, score_id: str, change: TitleIn) -> ScoreOut:
    """Another title."""
    renamed, role = do_rename_score(caller(request), score_id, change.title)
    return score_out(renamed, role)


@router.delete("/{score_id}", response={204: None, **REFUSALS})
def delete(request: HttpRequest, score_id: str) -> Status[None]:
    """Into the trash."""
    do_delete_score(caller(request), score_id)
    return Status(204, None)


@router.post("/{score_id}/restore", response={200: ScoreOut, 409: Problem, **REFUSALS})
def restore(request: HttpRequest, score_id: str) -> ScoreOut:
    """Out of the trash."""
    return score_out(do_restore_score(caller(request), score_id), Role.OWNER.value)


@router.post(
    "/{score_id}/duplicate",
    response={201: NewScoreOut, 409: Problem, 429: Problem, **REFUSALS},
)
def duplicate(request: HttpRequest, score_id: str) -> Status[NewScoreOut]:
    """A copy of my own."""
    copy = do_duplicate_score(caller(request), score_id)
    return Status(201, NewScoreOut(id=copy.pk, title=copy.title, role=Role.OWNER.value))
