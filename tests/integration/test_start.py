"""The start command: from nothing to a server, and away again."""

import json
import os
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from http.client import HTTPResponse
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from collaboration.benches.free_port import free_port
from tests.integration.server import CHECKOUT, Server, running_server


def get(url: str, context: ssl.SSLContext | None = None) -> HTTPResponse:
    answer = urllib.request.urlopen(url, timeout=10, context=context)
    assert isinstance(answer, HTTPResponse)
    return answer


def test_it_says_where_it_is_and_where_work_lives(server: Server) -> None:
    said = server.said()
    assert f"{server.url}/" in said
    assert str(server.home) in said
    for name in ("db.sqlite3", "assets", "soundfonts", "logs", "secret.key"):
        assert (server.home / name).exists(), name


def test_health_and_headers(server: Server) -> None:
    with get(f"{server.url}/healthz") as answer:
        assert json.load(answer)["status"] == "ok"
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Server"] == "antiphon"


def test_soundfont_streams_whole(server: Server) -> None:
    import pretty_midi

    font = Path(pretty_midi.__file__).parent / "TimGM6mb.sf2"
    from editor.soundfont import current_soundfont

    with get(server.url + current_soundfont().url) as answer:
        assert answer.read() == font.read_bytes()
        assert "immutable" in answer.headers["Cache-Control"]


def test_the_web_process_carries_no_model(server: Server) -> None:
    """PyTorch would cost it seconds at its start and hold up everyone's edits."""
    mapped = Path(f"/proc/{server.pid}/maps").read_text()
    assert "_sqlite3" in mapped
    assert "torch" not in mapped


@pytest.mark.parametrize("path", ["/ws/scores/abcdefghijkl", "/ws/scores/abcdefghijkl/suggestions"])
@pytest.mark.parametrize("origin", [None, "http://evil.example", "null"])
def test_sockets_of_other_sites_are_refused(server: Server, path: str, origin: str | None) -> None:
    with pytest.raises(InvalidStatus) as refused, connect(server.socket_url + path, origin=origin):  # type: ignore[arg-type]
        pass
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    "path", ["/no-such-page", "/api/no-such-thing", "/soundfont/x.sf2", "/s/x"]
)
def test_unknown_addresses_are_404(server: Server, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        get(server.url + path)
    assert refused.value.code == 404


def test_ctrl_c_ends_it_cleanly() -> None:
    with running_server() as server:
        assert server.stop() == 0
        assert "Stopped." in server.said()
        assert "Traceback" not in server.said()


def test_kill_and_restart_keep_the_key(own_server: Server) -> None:
    key = (own_server.home / "secret.key").read_text()
    own_server.restart()
    assert (own_server.home / "secret.key").read_text() == key


def test_a_killed_server_leaves_no_worker_behind(own_server: Server) -> None:
    with get(f"{own_server.url}/healthz"):
        pass
    own_server.kill()
    assert own_server.left_behind() == []


def start(*options: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ANTIPHON_HOME": str(home), "ANTIPHON_READY": "1"}
    return subprocess.run(
        [sys.executable, "manage.py", "start", *options],
        cwd=CHECKOUT, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_port_in_use_is_said(server: Server, tmp_path: Path) -> None:
    ended = start("--port", str(server.port), home=tmp_path / "other")
    assert ended.returncode == 1
    assert f"Port {server.port} is in use" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "other").exists()


def test_home_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = start(home=tmp_path / "file" / "home")
    assert ended.returncode == 1
    assert "Set ANTIPHON_HOME" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_another_host_is_served_over_https(tmp_path: Path) -> None:
    """0.0.0.0 answers on loopback too, which is all that this test asks."""
    port = free_port()
    environment = {**os.environ, "ANTIPHON_HOME": str(tmp_path), "ANTIPHON_READY": "1"}
    log = tmp_path / "said"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "start", "--host", "0.0.0.0", "--port", str(port)],
            cwd=CHECKOUT, env=environment, stdout=file, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        until = time.monotonic() + 60
        while b"fingerprint" not in log.read_bytes():
            assert process.poll() is None and time.monotonic() < until, log.read_text()
            time.sleep(0.1)
        trust = ssl.create_default_context(cafile=str(tmp_path / "certificate.pem"))
        base = f"https://127.0.0.1:{port}"
        with get(f"{base}/healthz", trust) as answer:
            assert json.load(answer)["status"] == "ok"
        with get(f"{base}/scores/", trust) as page:
            assert "; Secure" in str(page.headers.get_all("Set-Cookie"))
        with socket.create_connection(("127.0.0.1", port), timeout=5) as plain:
            plain.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert not plain.recv(100).startswith(b"HTTP/1.1 200")
    finally:
        process.terminate()
        process.wait(20)
