"""How much a guest may keep."""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet

from collaboration import services as live
from editor.models import Person, Score
from editor.services.refused import Full

GUEST_SCORES: Final = 50
GUEST_BYTES: Final = 200 * 1024 * 1024


def check_room_for_another(person: Person) -> None:
    """Raises Full if the person may not own one more score. The trash does not count."""
    if not person.guest:
        return
    if _kept(person).count() >= GUEST_SCORES:
        raise Full(
            "too_many_scores",
            f"You have {GUEST_SCORES} scores, the most a guest can keep. Delete one first.",
        )
    check_room_for_more(person)


def check_room_for_more(owner: Person) -> None:
    """Raises Full if the scores of `owner` may not grow."""
    if not owner.guest:
        return
    if live.stored_bytes(list(_kept(owner).values_list("pk", flat=True))) >= GUEST_BYTES:
        raise Full(
            "too_many_bytes",
            "Your scores take 200 MB, the most a guest can keep. Delete one first.",
        )


def _kept(owner: Person) -> QuerySet[Score]:
    return Score.objects.filter(owner=owner, deleted_at=None)
