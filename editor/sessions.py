"""Keeps a visitor's session alive for a year after the last day on which it was used."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

DAY = 24 * 3600
LAST_DAY = "last_day"


class SlidingSessionMiddleware(MiddlewareMixin):
    """Marks the session once a day, so that its year starts anew with one write a day."""

    get_response: Callable[[HttpRequest], HttpResponse]

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Write today's number into a session that exists already."""
        session = getattr(request, "session", None)
        if session is not None and response.status_code < 500 and not session.is_empty():
            today = int(time.time()) // DAY
            if session.get(LAST_DAY) != today:
                session[LAST_DAY] = today
        return response
