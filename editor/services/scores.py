"""Making, naming, copying, deleting scores."""

from __future__ import annotations

import re
from typing import Final

from django.db import transaction
from django.utils import timezone

from collaboration import services as live
from editor.models import Person
from editor.models import Score as ScoreRow
from editor.score.ids import TRACK_LENGTH, new_id
from editor.score.order import orders_after
from editor.score.palette import TRACK_COLORS
from editor.score.score import Score, Track
from editor.services.quota import check_room_for_another
from editor.services.refused import Unfit
from editor.services.rights import own_score, score_for
from editor.services.summaries import fill_summary
from editor.services.token_bucket import SCORES
from editor.services.words import one_line

UNTITLED: Final = "Untitled"
LONGEST_TITLE: Final = 200
_NUMBERED = re.compile(r"^(.*?) (\d{1,6})$", re.DOTALL)


def clean_title(title: str) -> str:
    """A title without line breaks and needless spaces.

    Raises:
        Unfit: if nothing is left, or more than 200 letters.
    """
    title = one_line(title)
    if not 1 <= len(title) <= LONGEST_TITLE:
        raise Unfit("title_unfit", f"A title has 1 to {LONGEST_TITLE} letters.")
    return title


def do_create_score(person: Person, *, title: str | None = None) -> ScoreRow:
    """An empty score with one piano track.

    Raises:
        Full, TooOften, Unfit.
    """
    SCORES.take(person.pk)
    track = Track(
        id=new_id(TRACK_LENGTH), order=orders_after(None, 1)[0], name="Piano", color=TRACK_COLORS[0]
    )
    content = Score(tracks={track.id: track})
    return do_add_score(person, content, title=clean_title(title or UNTITLED))


def do_add_score(person: Person, content: Score, *, title: str) -> ScoreRow:
    """A score of the person with this content; the row and the music, or neither.

    Raises:
        Full: if the person keeps as much as a guest may.
        Unfit: if the content does not fit into a score.
    """
    check_room_for_another(person)
    row = ScoreRow(title=title, owner=person)
    fill_summary(row, content, 1)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            live.seed(row.pk, content, person.pk)
    except live.ChangeError as error:
        raise Unfit("content_unfit", str(error)) from error
    return row


def do_duplicate_score(person: Person, score_id: str) -> ScoreRow:
    """A copy that the person owns. A template's copy keeps its name, others are numbered.

    Raises:
        NotThere, Gone, NoRight, Full, TooOften.
    """
    source, _ = score_for(person, score_id)
    SCORES.take(person.pk)
    content, _ = live.read(source.pk)
    title = source.title if source.template else numbered(source.title)
    return do_add_score(person, content, title=title)


def numbered(title: str) -> str:
    """The title of a copy: "Prelude" gives "Prelude 2", and that "Prelude 3"."""
    found = _NUMBERED.match(title)
    stem, number = (found[1], int(found[2]) + 1) if found else (title, 2)
    return f"{stem[: LONGEST_TITLE - 8]} {number}"


def do_rename_score(person: Person, score_id: str, title: str) -> tuple[ScoreRow, str]:
    """Give a score another title and tell everybody who has it open. The score, the role.

    Raises:
        NotThere, Gone, NoRight, Unfit.
    """
    score, role = score_for(person, score_id, "editor")
    with transaction.atomic():
        score.title = clean_title(title)
        score.save(update_fields=["title", "updated"])
        live.announce(score.pk, {"kind": "title", "title": score.title})
    return score, role


def do_delete_score(person: Person, score_id: str) -> None:
    """Into the trash; whoever has it open is told. Twice is the same as once.

    Raises:
        NotThere, Gone, NoRight.
    """
    score = own_score(person, score_id)
    if score.deleted_at is None:
        with transaction.atomic():
            score.deleted_at = timezone.now()
            score.save(update_fields=["deleted_at"])
            live.score_deleted(score.pk)


def do_restore_score(person: Person, score_id: str) -> ScoreRow:
    """Out of the trash.

    Raises:
        NotThere, Gone, NoRight, Full.
    """
    score = own_score(person, score_id)
    if score.deleted_at is not None:
        check_room_for_another(person)
        score.deleted_at = None
        score.save(update_fields=["deleted_at"])
    return score
