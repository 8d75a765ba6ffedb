"""Pages and answers for what can't be shown."""

from __future__ import annotations

import logging
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

_TEXTS: Final = {
    "page_none": "There is no such page.",
    "no_right": "That is not allowed.",
    "bad_request": "The server does not understand this request.",
    "csrf": "This page is out of date. Reload it and try again.",
    "server": "Something went wrong on the server. Try again.",
}
_log = logging.getLogger(__name__)


def problem_page(request: HttpRequest, code: str, status: int) -> HttpResponse:
    """The problem in words, as a page, or as JSON for callers of the API."""
    if request.path.startswith("/api/"):
        return JsonResponse({"code": code, "text": _TEXTS.get(code, code)}, status=status)
    return HttpResponse(render_to_string("problem.html", {"code": code}, request), status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such address."""
    return problem_page(request, "page_none", 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not allowed."""
    return problem_page(request, "no_right", 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that makes no sense."""
    return problem_page(request, "bad_request", 400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the right CSRF token."""
    return problem_page(request, "csrf", 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours. Where even the page can't be made, plain words have to do."""
    try:
        return problem_page(request, "server", 500)
    except Exception:
        _log.exception("the page for errors can't be shown")
        return HttpResponse(_TEXTS["server"], content_type="text/plain; charset=utf-8", status=500)
