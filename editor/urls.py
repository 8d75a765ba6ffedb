"""The composition root for addresses."""

from __future__ import annotations

from django.urls import include, path, re_path

from editor.views.health import healthz
from editor.views.soundfont import soundfont

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    re_path(r"^soundfont/(?P<digest>[0-9a-f]{16})\.sf2$", soundfont, name="soundfont"),
    path("", include("editor.views.routes")),
]

handler400 = "editor.views.problems.bad_request"
handler403 = "editor.views.problems.forbidden"
handler404 = "editor.views.problems.not_found"
handler500 = "editor.views.problems.server_error"
