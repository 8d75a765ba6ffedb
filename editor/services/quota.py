"""How much a guest may keep."""

from __future__ import annotations

from typing import Final

from collaboration import services as live
from editor.models import Person, Score
from editor.services.refused import Full

GUEST_SCORES: Final = 50
GUEST_BYTES: Final = 200 * 1024 * 1024


def check_room_for_another(person: Person) -> None:
    """Raises Full if the person may not own one more score. The trash does not count."""
    if not person.guest:
        return
    kept = Score.objects.filter(owner=person, deleted_at=None)
    if kept.count() >= GUEST_SCORES:
        raise Full(
            "too_many_scores",
            f"You have {GUEST_SCORES} scores, the most a guest can keep. Delete one first.",
        )
    if live.stored_bytes(list(kept.values_list("pk", flat=True))) >= GUEST_BYTES:
        raise Full(
            "too_many_bytes",
            "Your scores take 200 MB, the most a guest can keep. Delete one first.",
        )
