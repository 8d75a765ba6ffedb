"""Pages, links and files over a real server."""

import io
import json
import select
import socket
import time
from http.client import HTTPResponse

import pytest
import soundfile

from editor.demo import DEMO_ID
from editor.files.midi_in import import_midi
from tests.data import FIXTURES
from tests.integration.http_client import HttpClient
from tests.integration.server import Server


@pytest.fixture
def visitor(server: Server) -> HttpClient:
    client = HttpClient(server)
    client.get("/")
    return client


def test_every_page_makes_a_guest_and_holds_no_score(server: Server) -> None:
    for path in ("/", "/scores/", f"/scores/{DEMO_ID}/", "/s/unknown"):
        client = HttpClient(server)
        page = client.get(path)
        assert page.status == (404 if path.startswith("/s/") else 200)
        assert set(client.cookies) == {"antiphon_session", "antiphon_csrf"}
        assert page.headers["Content-Type"].startswith("text/html")
        assert "no-store" in page.headers["Cache-Control"]
        assert client.get("/api/me").json["guest"] is True
    shells = [HttpClient(server).get(f"/scores/{name}/").text for name in (DEMO_ID, "0" * 12)]
    assert shells[0] == shells[1]
    assert "Call and answer" not in shells[0]


def test_the_landing_page_leads_to_the_demo(visitor: HttpClient) -> None:
    assert DEMO_ID in visitor.get("/").text
    demo = visitor.get(f"/api/scores/{DEMO_ID}").json
    assert (demo["role"], demo["template"]) == ("viewer", True)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/nowhere", 404, "page_none"),
        ("/scores/short/", 404, "page_none"),
        ("/s/AAAAAAAAAAAAAAAAAAAAAA", 404, "link_none"),
        ("/s/%ff%00", 404, "link_none"),
    ],
)
def test_addresses_that_lead_nowhere_say_so(
    visitor: HttpClient, path: str, status: int, code: str
) -> None:
    page = visitor.get(path)
    assert page.status == status
    assert f'<antiphon-problem code="{code}">' in page.text


def test_a_link_is_opened_by_a_second_visitor_and_ends(server: Server) -> None:
    owner, guest = HttpClient(server), HttpClient(server)
    owner.get("/")
    score = owner.send("POST", "/api/scores", {"title": "<Duet>"}).json["id"]
    link = owner.send("POST", f"/api/scores/{score}/links", {"role": "editor"}).json
    assert link["url"].startswith(server.url)
    path = link["url"].removeprefix(server.url)
    page = guest.get(path)
    assert page.status == 200 and page.headers["Referrer-Policy"] == "same-origin"
    assert "&lt;Duet&gt;" in page.text and "<Duet>" not in page.text
    assert guest.get(f"/api/scores/{score}").status == 403
    joined = guest.submit(path)
    assert (joined.status, joined.headers["Location"]) == (302, f"/scores/{score}/")
    assert guest.get(f"/api/scores/{score}").json["role"] == "editor"
    assert guest.send("PATCH", f"/api/scores/{score}", {"title": "Ours"}).status == 200
    owner.send("DELETE", f"/api/scores/{score}/links/{link['id']}")
    ended = guest.get(path)
    assert ended.status == 410 and 'code="link_expired"' in ended.text
    assert guest.get(f"/api/scores/{score}").status == 403


def test_a_form_from_elsewhere_joins_nobody(server: Server) -> None:
    owner, guest = HttpClient(server), HttpClient(server)
    owner.get("/")
    score = owner.send("POST", "/api/scores").json["id"]
    link = owner.send("POST", f"/api/scores/{score}/links", {"role": "viewer"}).json
    path = link["url"].removeprefix(server.url)
    guest.get("/")
    kind = "application/x-www-form-urlencoded"
    refused = guest.ask("POST", path, b"", kind, Origin="http://elsewhere.example")
    assert refused.status == 403 and 'code="csrf"' in refused.text
    assert guest.get(f"/api/scores/{score}").status == 403


def test_a_real_file_comes_in_and_goes_out(visitor: HttpClient) -> None:
    data = (FIXTURES / "midi/midly/Clementi.mid").read_bytes()
    made = visitor.drop("/api/scores/import", data, "Sonatina.mid")
    assert made.status == 201 and made.json["title"] == "Sonatina"
    out = visitor.get(f"/api/scores/{made.json['id']}/export.mid")
    assert out.headers["Content-Disposition"].startswith('attachment; filename="Sonatina.mid"')
    before, after = import_midi(data).score, import_midi(out.body).score
    assert len(after.notes) == len(before.notes) == 666
    assert after.tempo == before.tempo and after.meter == before.meter


def test_each_malformed_file_gets_an_answer(server: Server) -> None:
    visitor = HttpClient(server)
    for number, path in enumerate(sorted((FIXTURES / "midi").glob("[mno]*/*"))):
        if number % 25 == 0:  # so many may one person import at once
            visitor = HttpClient(server)
            visitor.get("/")
        answer = visitor.drop("/api/scores/import", path.read_bytes(), path.name)
        assert answer.status in {201, 400}, (path.name, answer.status, answer.body[:200])
        if answer.status == 400:
            assert set(answer.json) == {"code", "text"}, path.name
    assert visitor.get("/healthz").json["status"] == "ok"


def test_a_file_beyond_the_limit_is_refused(visitor: HttpClient) -> None:
    answer = visitor.drop("/api/scores/import", bytes(25_000_000), "large.mid")
    assert (answer.status, answer.json["code"]) == (413, "file_too_large")


def test_the_demo_is_rendered_by_the_synthesizer(visitor: HttpClient) -> None:
    base = f"/api/scores/{DEMO_ID}/renders"
    started = visitor.send("POST", base, {"bits": 16})
    assert started.status == 202, started.body
    path = f"{base}/{started.json['render']}"
    for _ in range(600):
        state = visitor.get(path).json
        if state["state"] != "running":
            break
        time.sleep(0.2)
    assert (state["state"], state["text"]) == ("done", None)
    answer = visitor.get(f"{path}/audio.wav")
    assert answer.headers["Content-Type"] == "audio/wav"
    sound, rate = soundfile.read(io.BytesIO(answer.body))
    assert rate == 44_100 and sound.shape[1] == 2
    # 24 bars at 92 bpm that slow down at the end, and three seconds to ring.
    assert 62 < len(sound) / rate < 70
    halves = sound[: rate * 60].reshape(12, -1)
    assert (abs(halves).max(axis=1) > 0.05).all()


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_that_is_too_large_ends_early(server: Server, announced: bool) -> None:
    size = 400 * 1024 * 1024
    head = "POST /api/scores/import HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    head += f"Content-Length: {size}\r\n\r\n" if announced else (
        "Transfer-Encoding: chunked\r\n\r\n"
    )  # fmt: skip
    piece = b"x" * (1 << 20)
    frame = piece if announced else b"100000\r\n" + piece + b"\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as wire:
        wire.sendall(head.encode())
        sent = 0
        while sent < size and not select.select([wire], [], [], 0)[0]:
            wire.sendall(frame)
            sent += len(piece)
        answer = HTTPResponse(wire)
        answer.begin()
        assert answer.status == 413
        assert json.load(answer)["code"] == "file_too_large"
    assert sent < 64 * 1024 * 1024


def test_what_the_framework_refuses_has_a_code_too(visitor: HttpClient) -> None:
    formless = visitor.ask("POST", "/api/scores/import", b"x", "multipart/form-data")
    assert (formless.status, formless.json["code"]) == (400, "bad_request")
    unknown = visitor.ask("PUT", "/api/scores", b"{}", "application/json")
    assert (unknown.status, unknown.json["code"]) == (405, "method")
