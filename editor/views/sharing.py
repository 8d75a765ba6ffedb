"""``/api/scores/{id}/links`` and ``…/members``: who else may open a score."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from editor.selectors.people import card_of
from editor.selectors.scores import members_of
from editor.services.rights import score_for
from editor.services.sharing import do_dismiss_member, do_make_link, do_revoke_link, links_of
from editor.views.scores import REFUSALS
from editor.views.session import caller
from editor.views.shapes import LinkIn, LinkOut, MemberOut, Problem, link_out

router = Router()


@router.get("/{score_id}/links", response={200: list[LinkOut], **REFUSALS})
def links(request: HttpRequest, score_id: str) -> list[LinkOut]:
    """The links of my score that still work, the newest first."""
    base = request.build_absolute_uri("/")
    return [link_out(link, base) for link in links_of(caller(request), score_id)]


@router.post("/{score_id}/links", response={201: LinkOut, 422: Problem, **REFUSALS})
def make_link(request: HttpRequest, score_id: str, wanted: LinkIn) -> Status[LinkOut]:
    """A new link to my score."""
    link = do_make_link(
        caller(request), score_id, role=wanted.role, expires_hours=wanted.expires_hours
    )
    return Status(201, link_out(link, request.build_absolute_uri("/")))


@router.delete("/{score_id}/links/{link_id}", response={204: None, **REFUSALS})
def revoke_link(request: HttpRequest, score_id: str, link_id: str) -> Status[None]:
    """End a link, and with it the rights that it gave."""
    do_revoke_link(caller(request), score_id, link_id)
    return Status(204, None)


@router.get("/{score_id}/members", response={200: list[MemberOut], **REFUSALS})
def members(request: HttpRequest, score_id: str) -> list[MemberOut]:
    """The owner and everybody who has a role."""
    score, _ = score_for(caller(request), score_id)
    return [MemberOut(role=role, **card_of(person)) for person, role in members_of(score)]


@router.delete("/{score_id}/members/{key}", response={204: None, **REFUSALS})
def dismiss_member(request: HttpRequest, score_id: str, key: str) -> Status[None]:
    """Take somebody's role away, or leave."""
    do_dismiss_member(caller(request), score_id, key)
    return Status(204, None)
