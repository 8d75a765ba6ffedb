"""Which pages may open a socket."""

import pytest
from pytest_django.fixtures import Settings

from editor.origin import is_same_origin


@pytest.mark.parametrize(
    ("origin", "host", "allowed"),
    [
        ("http://localhost:8000", "localhost:8000", True),
        ("http://LOCALHOST:8000", "localhost:8000", True),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", True),
        ("http://[::1]:8000", "[::1]:8000", True),
        ("http://localhost:9999", "localhost:8000", False),
        ("http://127.0.0.1:8000", "localhost:8000", False),
        ("https://evil.example", "localhost:8000", False),
        ("http://localhost:8000.evil.example", "localhost:8000", False),
        ("http://evil.example", "evil.example", False),
        ("null", "localhost:8000", False),
        ("", "localhost:8000", False),
        ("http://[::1", "localhost:8000", False),
        ("file://", "", False),
        ("http://", "", False),
    ],
)
def test_origin(origin: str, host: str, allowed: bool) -> None:
    assert is_same_origin(origin, host) is allowed


def test_named_hosts_and_origins(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["music.example.org"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://other.example.org"]
    assert is_same_origin("https://music.example.org", "music.example.org")
    assert is_same_origin("https://other.example.org", "music.example.org")
    assert not is_same_origin("http://other.example.org", "music.example.org")
    assert not is_same_origin("http://localhost:8000", "localhost:8000")
