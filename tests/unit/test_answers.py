"""What every answer carries: security headers, health, sessions that slide, bundle files."""

from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings
from whitenoise.responders import StaticFile

from editor.bundle import BundleMiddleware

pytestmark = pytest.mark.urls("tests.unit.platform_urls")
YEAR = 365 * 24 * 3600


@pytest.mark.django_db
def test_health() -> None:
    answer = Client().get("/healthz")
    assert answer.status_code == 200
    said = answer.json()
    assert said["status"] == "ok"
    assert said["database"] == "ok"
    assert said["free_disk_bytes"] > 0


@pytest.mark.django_db
def test_health_without_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)
    answer = Client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "unreachable"


@pytest.mark.django_db
def test_policy_is_strict() -> None:
    answer = Client().get("/healthz")
    policy = answer["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert "unsafe" not in policy
    for name in ("script-src", "style-src", "worker-src", "connect-src"):
        assert directives[name] == "'self'"
    for name in ("default-src", "object-src", "base-uri", "frame-ancestors"):
        assert directives[name] == "'none'"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_unknown_host_is_refused() -> None:
    assert Client().get("/healthz", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.django_db
def test_session_slides_once_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000_000_000.0
    monkeypatch.setattr("editor.sessions.time.time", lambda: now)
    client = Client()
    first = client.get("/remember?start")
    assert first.cookies["antiphon_session"]["max-age"] == YEAR
    assert "antiphon_session" not in client.get("/remember").cookies
    now += 24 * 3600
    later = client.get("/remember")
    assert later.content == b"Oboe"
    assert later.cookies["antiphon_session"]["max-age"] == YEAR


@pytest.mark.django_db
def test_a_visitor_without_a_session_gets_none() -> None:
    answer = Client().get("/remember")
    assert "antiphon_session" not in answer.cookies
    assert Session.objects.count() == 0


def test_hashed_bundle_files_may_be_kept_for_ever(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "editor-DJk2_x9Q.js").write_text("export {};")
    (tmp_path / "manifest.json").write_text("{}")
    settings.STATICFILES_DIRS = [tmp_path]
    serve = BundleMiddleware(lambda request: HttpResponse("page", status=404))

    def get(path: str, **headers: str) -> HttpResponse:
        request = HttpRequest()
        request.method = "GET"
        request.path_info = request.path = path
        request.META.update(headers)
        answer = serve(request)
        assert isinstance(answer, HttpResponse)
        return answer

    hashed = get("/static/assets/editor-DJk2_x9Q.js")
    assert hashed.content == b"export {};"
    assert "immutable" in hashed["Cache-Control"]
    assert "javascript" in hashed["Content-Type"]
    assert "immutable" not in get("/static/manifest.json")["Cache-Control"]
    again = get("/static/assets/editor-DJk2_x9Q.js", HTTP_IF_NONE_MATCH=hashed.get("ETag", ""))
    assert again.status_code in {200, 304}
    assert get("/elsewhere").content == b"page"


@pytest.mark.django_db
def test_what_is_written_survives_the_process() -> None:
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert cursor.execute("PRAGMA synchronous").fetchone() == (1,)
        assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_bundle_file_that_vanished_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "page.js"
    file.write_text("1")
    found = StaticFile(str(file), [])
    file.unlink()
    request = HttpRequest()
    request.method = "GET"
    with pytest.raises(Http404):
        BundleMiddleware.serve(found, request)
