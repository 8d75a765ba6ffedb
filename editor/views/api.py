"""The HTTP interface under ``/api``; its description is at ``/api/openapi.json``."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from editor.services.refused import Refused, TooOften
from editor.views.me import router as me
from editor.views.renders import router as renders
from editor.views.score_files import router as score_files
from editor.views.scores import router as scores
from editor.views.session import GuestSession
from editor.views.sharing import router as sharing

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


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the framework itself refuses, such as a body that is no JSON."""
    body = {"code": f"http_{error.status_code}", "text": str(error)}
    return api.create_response(request, body, status=error.status_code)
