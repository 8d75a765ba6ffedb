"""Only what the platform serves, for tests that need no pages."""

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path

from editor.views.health import healthz
from editor.views.soundfont import soundfont


def remember(request: HttpRequest) -> HttpResponse:
    """Starts a session when asked to."""
    if "start" in request.GET:
        request.session["name"] = "Oboe"
    return HttpResponse(request.session.get("name", "nobody"))


urlpatterns = [
    path("healthz", healthz),
    path("remember", remember),
    re_path(r"^soundfont/(?P<digest>[0-9a-f]{16})\.sf2$", soundfont),
]
