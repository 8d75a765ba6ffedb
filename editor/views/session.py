"""Who calls the API: everybody has a session, made at the first call."""

from __future__ import annotations

from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja.security import APIKeyCookie
from ninja.utils import check_csrf

from editor.models import Person
from editor.services.guests import person_of
from editor.services.refused import NoRight


class GuestSession(APIKeyCookie):
    """The session's cookie, and for whatever changes something the CSRF token beside it."""

    param_name = "antiphon_session"

    def _get_key(self, request: HttpRequest) -> str | None:
        if check_csrf(request):
            raise NoRight("csrf", "This page is out of date. Reload it and try again.")
        get_token(request)
        return request.COOKIES.get(self.param_name)

    def authenticate(self, request: HttpRequest, key: str | None) -> Person:
        """The person; a guest is made for a session that nobody owns yet."""
        return person_of(request)


def caller(request: HttpRequest) -> Person:
    """The person whom `GuestSession` let in."""
    person: Person = request.auth  # type: ignore[attr-defined]
    return person
