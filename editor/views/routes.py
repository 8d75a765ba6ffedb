"""Addresses of the pages and the API."""

from django.urls import URLPattern, URLResolver, path, re_path

from editor.views import pages
from editor.views.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.landing, name="landing"),
    path("scores/", pages.scores, name="scores"),
    re_path(r"^scores/(?P<score_id>[0-9A-Za-z]{12})/$", pages.editor, name="editor"),
    path("s/<str:token>", pages.share, name="share"),
    path("api/", api.urls),
]
