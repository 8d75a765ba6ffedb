"""Which scores a person has, and who has a score."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from editor.models import Person, Score
from editor.models.role import RANK, Role
from editor.selectors.access import live_memberships

LONGEST_LIST = 500


def scores_of(person: Person) -> list[tuple[Score, str]]:
    """The person's own scores and those shared with them, each with the role; latest first."""
    roles: dict[str, str] = {}
    for score_id, role in live_memberships().filter(person=person).values_list("score_id", "role"):
        roles[score_id] = max(role, roles.get(score_id, role), key=RANK.__getitem__)
    mine: QuerySet[Score] = Score.objects.select_related("owner").filter(
        Q(owner=person) | Q(pk__in=roles), deleted_at=None, template=False
    )
    return [
        (score, Role.OWNER.value if score.owner_id == person.pk else roles[score.pk])
        for score in mine.order_by("-updated", "pk")[:LONGEST_LIST]
    ]


def trash_of(person: Person) -> list[Score]:
    """What the person has deleted, the latest first."""
    deleted = Score.objects.select_related("owner").filter(owner=person, deleted_at__isnull=False)
    return list(deleted.order_by("-deleted_at", "pk")[:LONGEST_LIST])


def members_of(score: Score) -> list[tuple[Person, str]]:
    """The owner, then everybody with a live membership and their best role."""
    best: dict[int, tuple[Person, str]] = {}
    memberships = live_memberships().filter(score=score).select_related("person")
    for membership in memberships.order_by("created", "pk"):
        known = best.get(membership.person_id)
        if known is None or RANK[membership.role] > RANK[known[1]]:
            best[membership.person_id] = (membership.person, membership.role)
    best.pop(score.owner_id, None)
    return [(score.owner, Role.OWNER.value), *best.values()]
