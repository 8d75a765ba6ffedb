"""Where the server listens, what it is called there, and with which certificate."""

import socket
import stat
from pathlib import Path

import pytest
from cryptography import x509

from editor.home import Home
from editor.serving.addresses import own_names
from editor.serving.certificate import ensure_certificate
from editor.serving.options import StartOptions, is_loopback, parse
from editor.serving.ports import port_problem
from editor.serving.server import _greet


def test_plain_start_is_for_this_machine() -> None:
    options = parse([])
    assert (options.host, options.port, options.secure) == ("127.0.0.1", 8000, False)
    assert "ANTIPHON_SECURE" not in options.environment()


def test_another_host_means_https(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTIPHON_HOSTS", "music.example.org")
    options = parse(["--host", "192.0.2.7", "--port", "8443"])
    said = options.environment()
    assert options.secure
    assert said["ANTIPHON_SECURE"] == "1"
    assert said["ANTIPHON_HOSTS"].split(",")[:2] == ["music.example.org", "192.0.2.7"]
    assert "https://192.0.2.7:8443" in said["ANTIPHON_ORIGINS"].split(",")


def test_everywhere_has_names_to_give_away() -> None:
    names = own_names("0.0.0.0")
    assert "0.0.0.0" not in names
    assert {socket.gethostname(), "127.0.0.1"} <= set(names)
    assert "[fe80::1]" in StartOptions("fe80::1", 1, False).environment()["ANTIPHON_HOSTS"]


def test_whoever_named_no_hosts_is_told_to(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for hosts, told in (("", True), ("music.example.org", False)):
        monkeypatch.setenv("ANTIPHON_HOSTS", hosts)
        options = parse(["--behind-proxy"])
        for name, value in options.environment().items():
            monkeypatch.setenv(name, value)
        _greet(options, Home(tmp_path), "")
        assert ("set ANTIPHON_HOSTS" in capsys.readouterr().out) is told


def test_behind_a_proxy_http_stays_plain() -> None:
    options = parse(["--host", "0.0.0.0", "--behind-proxy"])
    assert not options.secure
    assert options.environment()["ANTIPHON_PROXY"] == "1"
    assert options.environment()["ANTIPHON_SECURE"] == "1"


@pytest.mark.parametrize("port", ["0", "70000", "http", "-1"])
def test_nonsense_port(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse([f"--port={port}"])
    assert "is no port" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True),
     ("0.0.0.0", False), ("192.0.2.1", False), ("localhost.example", False)],
)  # fmt: skip
def test_loopback(host: str, own: bool) -> None:
    assert is_loopback(host) is own


def test_port_in_use_names_a_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        problem = port_problem("127.0.0.1", port)
    assert problem is not None
    assert f"Port {port} is in use" in problem
    assert "start --port" in problem
    assert port_problem("127.0.0.1", port) is None


def test_an_address_of_another_machine() -> None:
    problem = port_problem("192.0.2.1", 8000)
    assert problem is not None
    assert "0.0.0.0" in problem


def test_certificate_is_kept_while_it_fits(tmp_path: Path) -> None:
    home = Home(tmp_path)
    first = ensure_certificate(home, ["192.0.2.7", "studio"])
    assert ensure_certificate(home, ["studio"]) == first
    assert stat.S_IMODE(home.certificate_key.stat().st_mode) == 0o600
    assert len(first.split(":")) == 32
    more = ensure_certificate(home, ["studio", "other"])
    assert more != first
    names = x509.load_pem_x509_certificate(home.certificate.read_bytes()).extensions
    found = names.get_extension_for_class(x509.SubjectAlternativeName).value
    assert {str(name.value) for name in found} == {"studio", "other"}
    home.certificate.write_text("no certificate")
    assert ensure_certificate(home, ["studio", "other"]) != more
