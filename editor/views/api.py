"""The HTTP interface under ``/api``; its description is at ``/api/openapi.json``."""

from __future__ import annotations

import logging

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from collaboration.services import CorruptError
from editor.services.refused import Refused, TooOften
from editor.views.me import router as me
from editor.views.renders import router as renders
from editor.views.score_files import router as score_files
from editor.views.scores import router as scores
from editor.views.session import GuestSession
from editor.views.sharing import router as sharing

_log = logging.getLogger(__name__)

api = NinjaAPI(
    title="Antiphon",
    version="1",
    description="Scores, their files and who may open them. The music itself goes by socket.",
    docs_url=None,
    urls_namespace="api",
    auth=GuestSession(),
)
api.add_router("/me", me, tags=["people"])
# Fixed paths come before those with an id.
api.add_router("/scores", score_files, tags=["files"])
api.add_router("/scores", scores, tags=["scores"])
api.add_router("/scores", sharing, tags=["sharing"])
api.add_router("/scores", renders, tags=["files"])


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """What a service refuses, in its words."""
    body = {"code": error.code, "text": error.text}
    response = api.create_response(request, body, status=error.status)
    if isinstance(error, TooOften):
        response["Retry-After"] = str(error.seconds)
    return response


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A body or a parameter of the wrong shape: which, and why."""
    first = error.errors[0] if error.errors else {}
    place = ".".join(str(part) for part in first.get("loc", ())[1:]) or "the request"
    text = f"{place}: {first.get('msg', 'can not be used')}."
    return api.create_response(request, {"code": "invalid", "text": text}, status=422)


@api.exception_handler(CorruptError)
def corrupt(request: HttpRequest, error: CorruptError) -> HttpResponse:
    """A score whose stored music can't be read. Nothing is written over it."""
    _log.error("a score can't be read: %s", request.path, exc_info=error)
    text = "This score can't be read. Nothing of it was changed; tell whoever runs the server."
    return api.create_response(request, {"code": "score_corrupt", "text": text}, status=503)


@api.exception_handler(OperationalError)
def busy(request: HttpRequest, error: OperationalError) -> HttpResponse:
    """The database does not answer in time, or the disk is full."""
    _log.error("the database failed: %s", request.path, exc_info=error)
    body = {"code": "busy", "text": "The server is busy. Nothing was changed. Try again."}
    return api.create_response(request, body, status=503)


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the framework itself refuses, such as a body that is no JSON."""
    body = {"code": f"http_{error.status_code}", "text": str(error)}
    return api.create_response(request, body, status=error.status_code)
