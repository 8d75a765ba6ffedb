"""The SoundFont that comes along, another one, and none."""

import hashlib
from pathlib import Path
from typing import cast

import pytest
from django.http import StreamingHttpResponse
from django.test import AsyncClient
from pytest_django.fixtures import Settings

from editor.soundfont import SoundFontMissing, current_soundfont, general_midi_path


def font(path: Path, body: bytes = b"sound") -> Path:
    path.write_bytes(b"RIFF" + len(body).to_bytes(4, "little") + b"sfbk" + body)
    return path


def test_the_general_midi_font_comes_along() -> None:
    found = current_soundfont()
    assert str(found.path) == general_midi_path()
    assert found.size > 5_000_000
    assert hashlib.sha256(found.path.read_bytes()).hexdigest().startswith(found.digest)


def test_changed_content_has_another_address(settings: Settings, tmp_path: Path) -> None:
    settings.SOUNDFONT_PATH = str(font(tmp_path / "a.sf2", b"one"))
    before = current_soundfont().url
    font(tmp_path / "a.sf2", b"other")
    assert current_soundfont().url != before


@pytest.mark.parametrize("body", [None, b"", b"RIFF", b"MThd12345678"])
def test_no_font_is_said_in_words(settings: Settings, tmp_path: Path, body: bytes | None) -> None:
    path = tmp_path / "b.sf2"
    if body is not None:
        path.write_bytes(body)
    settings.SOUNDFONT_PATH = str(path)
    with pytest.raises(SoundFontMissing, match="Set SOUNDFONT_PATH"):
        current_soundfont()


@pytest.mark.urls("tests.unit.platform_urls")
async def test_font_over_http(settings: Settings, tmp_path: Path) -> None:
    path = font(tmp_path / "c.sf2", b"x" * 700_000)
    settings.SOUNDFONT_PATH = str(path)
    client = AsyncClient()
    answer = await client.get(current_soundfont().url)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    body = b"".join([block async for block in cast(StreamingHttpResponse, answer)])
    assert body == path.read_bytes()
    assert answer["Content-Length"] == str(len(body))
    stale = await client.get("/soundfont/0123456789abcdef.sf2")
    assert stale.status_code == 404
    assert stale.json()["code"] == "soundfont_changed"
    settings.SOUNDFONT_PATH = str(tmp_path / "gone.sf2")
    gone = await client.get("/soundfont/0123456789abcdef.sf2")
    assert gone.status_code == 503
    assert gone.json()["code"] == "soundfont_missing"
