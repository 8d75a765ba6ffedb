"""Lays the demo score into the database."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from collaboration import services as live
from editor.demo import DEMO_ID
from editor.demo.piece import TITLE, demo_score
from editor.models import Person, Score
from editor.services.summaries import fill_summary

HOUSE: Final = "antiphon"
"""The account that owns what belongs to nobody; nobody can sign in to it."""


def do_place_demo() -> bool:
    """Make the demo score if it is not there; True if it was made. Safe to call at every start."""
    content = demo_score()
    with transaction.atomic():
        if Score.objects.filter(pk=DEMO_ID).exists():
            return False
        house, made = Person.objects.get_or_create(
            username=HOUSE, defaults={"name": "Antiphon", "color": 12, "guest": False}
        )
        if made:
            house.set_unusable_password()
            house.save()
        row = Score(pk=DEMO_ID, title=TITLE, owner=house, template=True)
        fill_summary(row, content, 1)
        row.save(force_insert=True)
        live.seed(DEMO_ID, content, None)
    return True
