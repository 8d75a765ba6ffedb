"""``/api/me``: oneself."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from editor.models import Person
from editor.services.guests import do_change_person
from editor.views.session import caller
from editor.views.shapes import MeIn, MeOut, Problem

router = Router()


@router.get("", response=MeOut)
def me(request: HttpRequest) -> MeOut:
    """Who I am here; the first call makes me a guest."""
    return _out(caller(request))


@router.patch("", response={200: MeOut, 422: Problem})
def change_me(request: HttpRequest, change: MeIn) -> MeOut:
    """Another name or colour."""
    return _out(do_change_person(caller(request), name=change.name, color=change.color))


def _out(person: Person) -> MeOut:
    return MeOut(key=person.key, name=person.name, color=person.color, guest=person.guest)
