"""The story of the product, told once from end to end by two people in two browsers."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import soundfile
import symusic
from playwright.sync_api import Download, Page, expect

from tests.browser.conftest import Watch
from tests.browser.story import Musician
from tests.data import FIXTURES
from tests.integration.server import Server

SONG = FIXTURES / "songs" / "franz-du-liebes-auge.mid"
# 302 in the file, of which two begin together on one key.
SONG_NOTES = 301
BAR = 1920


def export(musician: Musician, choice: str, folder: Path) -> Path:
    """Export through the dialog; the downloaded file."""
    musician.page.get_by_role("button", name="More", exact=True).click()
    musician.page.get_by_role("menuitem", name="Export").click()
    with musician.page.expect_download(timeout=60_000) as waiting:
        musician.page.locator(".exports .choice", has_text=choice).click()
    download: Download = waiting.value
    target = folder / download.suggested_filename
    download.save_as(target)
    musician.presses("Escape")
    return target


def test_two_people_compose_with_a_model(
    visitor: Callable[..., Page], own_server: Server, watch: Watch, tmp_path: Path
) -> None:
    # A demo is waiting, and plays.
    first = Musician(visitor())
    first.page.goto(own_server.url)
    first.page.get_by_role("link", name="Open the demo score").first.click()
    first.sees_score()
    demo_address = first.page.url
    demo_notes = first.notes
    assert demo_notes > 50
    first.presses("Space")
    expect(first.editor).to_have_attribute("playing", "", timeout=20_000)
    expect(first.editor).to_have_attribute("position", re.compile(r"^[1-9]\d{2,}$"))
    first.presses("Space")
    expect(first.editor).not_to_have_attribute("playing", "")

    # The first edit makes the visitor's own copy; the demo stays as it was.
    first.draws(BAR, 72)
    expect(first.page).not_to_have_url(demo_address, timeout=20_000)
    first.sees_score()
    first.has_notes(demo_notes + 1)
    first.is_saved()

    # A real file becomes a score of its own.
    first.page.goto(f"{own_server.url}/scores/")
    first.drops(SONG)
    first.page.wait_for_url(f"{own_server.url}/scores/*/", timeout=20_000)
    first.sees_score()
    first.has_notes(SONG_NOTES)
    score_address = first.page.url
    expect(first.page.locator("antiphon-track-row")).to_have_count(3)

    # It is edited, and the edit is safe.
    first.draws(BAR * 2 + 240, 79)
    first.has_notes(SONG_NOTES + 1)
    first.is_saved()

    # A second person comes by the link.
    first.button("Share").click()
    first.button("Make a link").click()
    address = first.page.locator("antiphon-share-dialog .url input").first.input_value()
    first.presses("Escape")
    second = Musician(visitor())
    second.page.goto(address)
    second.page.get_by_role("button", name="Open the score").click()
    second.page.wait_for_url(score_address)
    second.sees_score()
    second.has_notes(SONG_NOTES + 1)
    expect(second.editor).to_have_attribute("data-role", "editor")

    # Both see each other, and each other's edits.
    expect(first.page.locator(".avatars .avatar")).to_have_count(2)
    expect(second.page.locator(".avatars .avatar")).to_have_count(2)
    second.draws(BAR * 3, 76)
    first.has_notes(SONG_NOTES + 2)
    second.is_saved()

    # The server dies while both are there; what they wrote meanwhile arrives later.
    own_server.kill()
    expect(first.editor).to_have_attribute("saved", "saved")
    first.draws(BAR * 3 + 480, 74)
    first.has_notes(SONG_NOTES + 3)
    expect(first.editor).to_have_attribute("saved", "waiting", timeout=20_000)
    own_server.start()
    first.is_saved()
    second.has_notes(SONG_NOTES + 3, timeout=30_000)

    # One asks for a continuation; both see it arrive.
    first.presses("1")
    first.button("Suggest").last.click()
    for person in (first, second):
        expect(person.card("A")).to_have_attribute("data-state", "ready", timeout=60_000)
        expect(person.card("B")).to_have_attribute("data-state", "ready", timeout=60_000)
    assert first.notes == SONG_NOTES + 3

    # Heard in its context, then sung.
    first.card("A").get_by_role("button", name="Hear").click()
    expect(first.card("A")).to_have_attribute("data-state", "playing")
    expect(first.editor).to_have_attribute("playing", "", timeout=20_000)
    first.card("A").get_by_role("button", name="Stop").click()
    expect(first.editor).not_to_have_attribute("playing", "")
    second.card("A").get_by_role("button", name="Singer").click()
    second.card("A").get_by_role("button", name="Hear").click()
    expect(second.editor).to_have_attribute("playing", "", timeout=20_000)
    second.card("A").get_by_role("button", name="Stop").click()

    # Accepted with one undo, for both.
    first.card("A").get_by_role("button", name="Accept").click()
    expect(first.editor).not_to_have_attribute("notes", str(SONG_NOTES + 3))
    accepted = first.notes
    assert accepted > SONG_NOTES + 3
    second.has_notes(accepted)
    first.presses("Control+z")
    first.has_notes(SONG_NOTES + 3)
    second.has_notes(SONG_NOTES + 3)
    first.presses("Control+Shift+z")
    second.has_notes(accepted)
    first.is_saved()

    # What is exported is what is on the screen.
    midi: Any = symusic.Score.from_file(str(export(first, "MIDI", tmp_path)))
    assert sum(len(track.notes) for track in midi.tracks) == accepted
    sound, rate = soundfile.read(export(first, "WAV", tmp_path))
    assert sound.shape[0] / rate > 30
    assert 0.05 < abs(sound).max() <= 1.0

    # Nothing is lost by a reload, in either browser.
    own_server.restart()
    for person in (first, second):
        person.page.reload()
        person.sees_score()
        person.has_notes(accepted)
