"""Who may do what with a score, asked of the database each time: rights act at once."""

from __future__ import annotations

from typing import Literal

from django.db.models import Q, QuerySet
from django.utils import timezone

from editor.models import Membership, Score
from editor.models.role import RANK, Role

Existence = Literal["ok", "deleted", "none"]

WRITERS: frozenset[str] = frozenset({Role.OWNER, Role.EDITOR})
"""Roles that may change the music."""


def exists(score_id: str) -> Existence:
    """Whether the score is there, in the trash, or has never been."""
    deleted_at = Score.objects.filter(pk=score_id).values_list("deleted_at", flat=True)
    found = list(deleted_at[:1])
    if not found:
        return "none"
    return "ok" if found[0] is None else "deleted"


def role_of(person_id: int | None, score_id: str) -> str | None:
    """The best role that the person has now, or None.

    A template is everybody's to view. A score in the trash gives nobody a role; a link that is
    revoked or past its time gives none either.
    """
    row = (
        Score.objects.filter(pk=score_id, deleted_at=None)
        .values_list("owner_id", "template")
        .first()
    )
    if row is None:
        return None
    owner_id, template = row
    if person_id is not None and owner_id == person_id:
        return str(Role.OWNER)
    roles = [str(Role.VIEWER)] if template else []
    if person_id is not None:
        roles.extend(
            live_memberships()
            .filter(person_id=person_id, score_id=score_id)
            .values_list("role", flat=True)
        )
    return max(roles, key=RANK.__getitem__, default=None)


def live_memberships() -> QuerySet[Membership]:
    """Memberships that count now: granted by hand, or by a link that is still good."""
    now = timezone.now()
    by_hand = Q(link=None)
    by_link = Q(link__revoked=None) & (Q(link__expires=None) | Q(link__expires__gt=now))
    return Membership.objects.filter(by_hand | by_link)
