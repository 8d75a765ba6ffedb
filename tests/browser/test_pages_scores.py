"""My scores: import, search, duplicate, trash and back; and files that can't be opened."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.data import FIXTURES
from tests.integration.server import Server

Visitor = Callable[..., Page]
SONG = FIXTURES / "midi" / "jazzsoft" / "test-2-tracks-type-1.mid"

DROP = """([name, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], name, { type: 'audio/midi' }));
  for (const kind of ['dragover', 'drop']) {
    document.body.dispatchEvent(new DragEvent(kind, {
      dataTransfer: data, bubbles: true, cancelable: true,
    }));
  }
}"""


def drop(page: Page, path: Path, name: str | None = None) -> None:
    """Drop a file on the page."""
    page.evaluate(DROP, [name or path.name, list(path.read_bytes())])


def test_a_dropped_file_becomes_a_score(visitor: Visitor, server: Server) -> None:
    page = visitor()
    page.goto(f"{server.url}/")
    drop(page, SONG)
    editor = page.locator("antiphon-editor[synced]")
    editor.wait_for()
    expect(editor).to_have_attribute("notes", "16")
    expect(page.locator("antiphon-track-row")).to_have_count(2)
    page.goto(f"{server.url}/scores/")
    expect(page.locator("antiphon-score-card")).to_have_count(1)
    expect(page.locator("antiphon-score-card")).to_contain_text("16 notes")


def test_a_file_dropped_on_a_score_can_be_added_to_it(visitor: Visitor, server: Server) -> None:
    page = visitor()
    page.goto(f"{server.url}/")
    drop(page, SONG)
    page.locator("antiphon-editor[synced]").wait_for()
    drop(page, SONG)
    page.get_by_role("dialog", name="Import a file").wait_for()
    page.get_by_role("button", name="Add to this score").click()
    expect(page.locator("antiphon-editor")).to_have_attribute("notes", "32")
    expect(page.locator("antiphon-track-row")).to_have_count(4)


def test_what_is_no_music_is_refused_in_words(visitor: Visitor, server: Server) -> None:
    page = visitor()
    page.goto(f"{server.url}/")
    drop(page, Path(__file__))
    expect(page.locator(".toast")).to_contain_text("no MIDI file")
    drop(page, Path(__file__), "pretence.mid")
    expect(page.locator(".toast")).to_contain_text("not a MIDI file")
    assert page.url.rstrip("/") == server.url.rstrip("/")


def test_scores_are_found_copied_deleted_and_restored(visitor: Visitor, server: Server) -> None:
    page = visitor()
    page.goto(f"{server.url}/")
    drop(page, SONG)
    page.locator("antiphon-editor[synced]").wait_for()
    page.goto(f"{server.url}/scores/")
    cards = page.locator("antiphon-score-card")
    cards.get_by_role("button").click()
    page.get_by_role("menuitem", name="Duplicate").click()
    expect(cards).to_have_count(2)
    page.get_by_role("searchbox", name="Find a score").fill("nothing like it")
    expect(cards).to_have_count(0)
    expect(page.get_by_text("No score of that name")).to_be_visible()
    page.get_by_role("searchbox", name="Find a score").fill("type-1")
    expect(cards).to_have_count(2)
    cards.first.get_by_role("button").click()
    page.get_by_role("menuitem", name="Move to trash").click()
    expect(cards).to_have_count(1)
    page.get_by_role("button", name="Trash").click()
    expect(cards).to_have_count(1)
    cards.first.get_by_role("button").click()
    page.get_by_role("menuitem", name="Restore").click()
    expect(cards).to_have_count(0)
    page.get_by_role("button", name="All", exact=True).click()
    expect(cards).to_have_count(2)


def test_midi_and_wav_are_exported(visitor: Visitor, server: Server) -> None:
    page = visitor()
    page.goto(f"{server.url}/")
    drop(page, SONG)
    page.locator("antiphon-editor[synced]").wait_for()
    page.keyboard.press("Control+e")
    with page.expect_download() as midi:
        page.get_by_role("link", name="MIDI file").click()
    assert Path(midi.value.path()).read_bytes()[:4] == b"MThd"
    with page.expect_download(timeout=60_000) as wav:
        page.get_by_role("button", name="WAV file").click()
    sound = Path(wav.value.path()).read_bytes()
    assert sound[:4] == b"RIFF"
    assert len(sound) > 44_100
