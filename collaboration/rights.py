"""Everybody's role in a score at one moment, in one query: asked every second for open scores."""

from django.db.models import Value

from editor.models import Score
from editor.models.role import RANK, Role
from editor.selectors import access


class Roles:
    """The roles of a score that is not deleted, as `editor.selectors.access.role_of` has them."""

    def __init__(self, everybody: str | None, persons: dict[int, str]) -> None:
        self._everybody = everybody
        self._persons = persons

    def of(self, person_id: int) -> str | None:
        """The best role that the person has, or None."""
        return self._persons.get(person_id, self._everybody)


def roles_in(score_id: str) -> Roles | None:
    """Who may do what in a score now; None when it is deleted or was never there."""
    score = Score.objects.filter(pk=score_id, deleted_at=None)
    members = access.live_memberships().filter(score_id=score_id).order_by()
    rows = list(
        score.order_by()
        .values_list("owner_id", "template", Value(""))
        .union(members.values_list("person_id", Value(False), "role"), all=True)
    )
    heads = [(owner, template) for owner, template, role in rows if not role]
    if not heads:
        return None
    owner, template = heads[0]
    everybody = str(Role.VIEWER) if template else None
    best: dict[int, str] = {}
    for person, _, role in rows:
        if role:
            known = best.get(person, everybody)
            best[person] = role if known is None else max(known, role, key=RANK.__getitem__)
    if owner is not None:
        best[owner] = str(Role.OWNER)
    return Roles(everybody, best)
