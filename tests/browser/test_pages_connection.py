"""What the editor says while the server is away, and after."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_pages_scores import SONG, drop
from tests.integration.server import Server

Visitor = Callable[..., Page]


def test_edits_wait_while_the_server_is_away(visitor: Visitor, own_server: Server) -> None:
    page = visitor()
    page.goto(f"{own_server.url}/")
    drop(page, SONG)
    editor = page.locator("antiphon-editor")
    expect(editor).to_have_attribute("notes", "16")
    own_server.kill()
    expect(page.locator(".banner")).to_contain_text("Offline")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    expect(editor).to_have_attribute("notes", "8")
    expect(editor).to_have_attribute("saved", "waiting")
    expect(page.locator(".banner")).to_contain_text("1 edit waits here")
    expect(page.locator(".saved")).to_have_text("1 waiting")
    own_server.restart()
    expect(page.locator(".banner")).to_contain_text("Back online", timeout=30_000)
    expect(editor).to_have_attribute("saved", "saved")
    page.reload()
    expect(page.locator("antiphon-editor[synced]")).to_have_attribute("notes", "8")


def test_undo_survives_a_reload(visitor: Visitor, own_server: Server) -> None:
    page = visitor()
    page.goto(f"{own_server.url}/")
    drop(page, SONG)
    editor = page.locator("antiphon-editor")
    expect(editor).to_have_attribute("notes", "16")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    expect(editor).to_have_attribute("saved", "saved")
    expect(editor).to_have_attribute("notes", "8")
    page.reload()
    expect(page.locator("antiphon-editor[synced]")).to_have_attribute("notes", "8")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_have_attribute("data-tip", "Undo: Delete notes")
    undo.click()
    expect(editor).to_have_attribute("notes", "16")
