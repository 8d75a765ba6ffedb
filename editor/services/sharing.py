"""Share links: addresses that give a role, and can be taken back."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from collaboration import services as live
from editor.models import Membership, Person, ShareLink
from editor.models.person import KEY_LENGTH
from editor.models.role import Role
from editor.models.share_link import LINK_LENGTH, NONCE_BYTES
from editor.score.ids import is_id
from editor.services.refused import Gone, NoRight, NotThere, Unfit
from editor.services.rights import score_for

TOKEN_BYTES: Final = 16
LONGEST_HOURS: Final = 24 * 366
SHARED: Final[frozenset[str]] = frozenset({Role.EDITOR, Role.COMMENTER, Role.VIEWER})


def token_of(link: ShareLink) -> str:
    """The secret part of the link's address: 128 bits that only the server's key can make."""
    message = link.pk.encode() + bytes(link.nonce)
    made = hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).digest()
    return urlsafe_b64encode(made[:TOKEN_BYTES]).rstrip(b"=").decode()


def digest_of(token: str) -> str:
    """What the database keeps instead of the token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def do_make_link(
    person: Person, score_id: str, *, role: str, expires_hours: int | None
) -> ShareLink:
    """A new link to a score of the person.

    Raises:
        NotThere, Gone, NoRight: see `score_for`.
        Unfit: for a role that no link gives, or a time that can't be.
    """
    score, _ = score_for(person, score_id, Role.OWNER)
    if role not in SHARED:
        raise Unfit("role_unfit", "A link makes editors, commenters or viewers.")
    if expires_hours is not None and not 1 <= expires_hours <= LONGEST_HOURS:
        raise Unfit("expiry_unfit", "A link lasts from one hour to one year.")
    link = ShareLink(
        score=score, role=role, nonce=secrets.token_bytes(NONCE_BYTES), created_by=person
    )
    if expires_hours is not None:
        link.expires = timezone.now() + timedelta(hours=expires_hours)
    link.digest = digest_of(token_of(link))
    link.save(force_insert=True)
    return link


def links_of(person: Person, score_id: str) -> list[ShareLink]:
    """The links of a score that still work, the newest first.

    Raises:
        NotThere, Gone, NoRight.
    """
    score, _ = score_for(person, score_id, Role.OWNER)
    links = score.links.filter(revoked=None).order_by("-created", "-pk")
    return [link for link in links if not _ended(link)]


def do_revoke_link(person: Person, score_id: str, link_id: str) -> None:
    """End a link and every membership that it made. Twice is the same as once.

    Raises:
        NotThere, Gone, NoRight.
    """
    score, _ = score_for(person, score_id, Role.OWNER)
    link = score.links.filter(pk=link_id).first() if is_id(link_id, LINK_LENGTH) else None
    if link is None:
        raise NotThere("link_none", "There is no such link.")
    with transaction.atomic():
        if link.revoked is None:
            link.revoked = timezone.now()
            link.save(update_fields=["revoked"])
        link.memberships.all().delete()
        live.rights_changed(score.pk)


def link_of(token: str) -> ShareLink:
    """The link that a token opens.

    Raises:
        NotThere: nobody ever made it (or the server's key is another one now).
        Gone: it was revoked or its time is over, or the score is in the trash.
    """
    link = ShareLink.objects.select_related("score").filter(digest=digest_of(token)).first()
    if link is None or not hmac.compare_digest(
        token_of(link).encode(), token.encode("utf-8", "replace")
    ):
        raise NotThere("link_none", "This link is unknown. Check that it is whole.")
    if link.score.deleted_at is not None:
        raise Gone("score_deleted", "The score of this link was deleted.")
    if _ended(link):
        raise Gone("link_expired", "This link no longer works. Ask for a new one.")
    return link


def do_join(person: Person, link: ShareLink) -> None:
    """Give the person the role of the link; the owner needs none. Twice is the same as once."""
    if link.score.owner_id == person.pk:
        return
    with transaction.atomic():
        Membership.objects.get_or_create(
            score=link.score, person=person, link=link, defaults={"role": link.role}
        )
        live.rights_changed(link.score_id)


def do_dismiss_member(person: Person, score_id: str, key: str) -> None:
    """Take away what rights somebody has in a score: the owner anybody's, others their own.

    Raises:
        NotThere, Gone, NoRight.
    """
    score, role = score_for(person, score_id)
    if role != Role.OWNER and key != person.key:
        raise NoRight("role_too_low", "Only the owner of this score can do that.")
    with transaction.atomic():
        theirs = Membership.objects.filter(score=score, person__key=key)
        ended = theirs.delete()[0] if is_id(key, KEY_LENGTH) else 0
        if not ended:
            raise NotThere("member_unknown", "Nobody with that key is a member of this score.")
        live.rights_changed(score.pk)


def _ended(link: ShareLink) -> bool:
    return link.revoked is not None or (link.expires is not None and link.expires <= timezone.now())
