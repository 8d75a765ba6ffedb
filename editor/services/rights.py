"""Opening a score for a purpose: the row, or a refusal that says why."""

from __future__ import annotations

from typing import Final

from editor.models import Person, Score
from editor.models.role import RANK, Role
from editor.score.ids import SCORE_LENGTH, is_id
from editor.selectors.access import role_of
from editor.services.refused import Gone, NoRight, NotThere

_NEEDED: Final[dict[str, str]] = {
    Role.OWNER: "Only the owner of this score can do that.",
    Role.EDITOR: "You can read this score, but not change it.",
    Role.COMMENTER: "You can read this score, but not comment on it.",
    Role.VIEWER: "You have no right to this score. Ask its owner for a link.",
}


def score_for(person: Person, score_id: str, least: str = Role.VIEWER) -> tuple[Score, str]:
    """The score and the person's role in it, if that is at least `least`.

    Raises:
        NotThere: there is no such score.
        Gone: it is in the trash.
        NoRight: the role is a lesser one.
    """
    score = _row(score_id)
    if score.deleted_at is not None:
        raise Gone("score_deleted", "This score is in the trash.")
    role = role_of(person.pk, score_id)
    if role is None:
        raise NoRight("no_right", _NEEDED[Role.VIEWER])
    if RANK[role] < RANK[least]:
        code = "role_too_low" if least == Role.OWNER else "read_only"
        raise NoRight(code, _NEEDED[least])
    return score, role


def own_score(person: Person, score_id: str) -> Score:
    """A score that the person owns, in the trash or not.

    Raises:
        NotThere: there is no such score.
        Gone: it is in somebody else's trash.
        NoRight: it is somebody else's.
    """
    score = _row(score_id)
    if score.owner_id != person.pk:
        if score.deleted_at is not None:
            raise Gone("score_deleted", "This score is in the trash.")
        raise NoRight("role_too_low", _NEEDED[Role.OWNER])
    return score


def _row(score_id: str) -> Score:
    known = is_id(score_id, SCORE_LENGTH)
    score = Score.objects.select_related("owner").filter(pk=score_id).first() if known else None
    if score is None:
        raise NotThere("score_none", "There is no such score.")
    return score
