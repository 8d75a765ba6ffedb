"""What the API takes and gives. Times are ISO 8601 in UTC."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Schema

from editor.models import Person, Score, ShareLink
from editor.selectors.people import card_of
from editor.services.sharing import token_of


class Problem(Schema):
    """Every error: a stable code, and words for a person."""

    code: str
    text: str


class CardOut(Schema):
    """A person as others see one; `color` is a slot 1-12."""

    key: str
    name: str
    color: int


class MeOut(CardOut):
    """The person who asks."""

    guest: bool


class MeIn(Schema):
    """What may change about oneself; what is left out stays."""

    name: str | None = None
    color: int | None = None


class TitleIn(Schema):
    """A title."""

    title: str


class NewScoreIn(Schema):
    """A new score; without a title it is "Untitled"."""

    title: str | None = None


class NewScoreOut(Schema):
    """A score that was just made."""

    id: str
    title: str
    role: str
    warnings: list[str] = []


class ScoreOut(Schema):
    """One score, as its page needs it."""

    id: str
    title: str
    role: str
    template: bool
    owner: CardOut
    deleted: bool


class ScoreRowOut(Schema):
    """One score in a list; see `editor.models.Score.thumbnail`."""

    id: str
    title: str
    role: str
    created: datetime
    updated: datetime
    notes: int
    seconds: float
    owner: CardOut
    thumbnail: list[tuple[float, int, float, int]]


class AddedOut(Schema):
    """What an import added."""

    tracks: int
    notes: int
    warnings: list[str]


class LinkIn(Schema):
    """A share link to be made; without hours it lasts until it is revoked."""

    role: Literal["editor", "commenter", "viewer"]
    expires_hours: int | None = None


class LinkOut(Schema):
    """A share link; `url` is the whole address."""

    id: str
    role: str
    url: str
    expires: datetime | None
    created: datetime


class MemberOut(CardOut):
    """Somebody with a right to a score."""

    role: str


class RenderOut(Schema):
    """A rendering that has begun."""

    render: str


class RenderStateOut(Schema):
    """How far a rendering is; `text` says why it failed."""

    state: Literal["running", "done", "failed", "cancelled"]
    progress: float
    text: str | None = None


class RenderIn(Schema):
    """How sound is written: 16 or 24 bits a sample."""

    bits: Literal[16, 24] = 16


def person_out(person: Person) -> CardOut:
    """A person as others see one."""
    return CardOut(**card_of(person))


def score_out(score: Score, role: str) -> ScoreOut:
    """One score, as its page needs it."""
    return ScoreOut(
        id=score.pk,
        title=score.title,
        role=role,
        template=score.template,
        owner=person_out(score.owner),
        deleted=score.deleted_at is not None,
    )


def score_row_out(score: Score, role: str) -> ScoreRowOut:
    """One score in a list."""
    return ScoreRowOut(
        id=score.pk,
        title=score.title,
        role=role,
        created=score.created,
        updated=score.updated,
        notes=score.notes_count,
        seconds=score.duration_ms / 1000,
        owner=person_out(score.owner),
        thumbnail=score.thumbnail,
    )


def link_out(link: ShareLink, base: str) -> LinkOut:
    """A share link; `base` is the server's own address."""
    return LinkOut(
        id=link.pk,
        role=link.role,
        url=f"{base.rstrip('/')}/s/{token_of(link)}",
        expires=link.expires,
        created=link.created,
    )
