"""What a browser keeps of a score: edits that wait, and undo, both across a reload."""

from collections.abc import Callable

from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.roll_page import RollPage
from tests.integration.server import Server

EDITOR = "antiphon-editor"

# Adds a note at a tick to the current track, as one gesture of a person.
ADD = """(tick) => {
  const roll = document.querySelector('antiphon-roll');
  const key = `kept${String(tick).padStart(6, '0')}`;
  const value = [roll.editing.track.peek(), 60, tick, 240, 80];
  roll.document.apply({ label: 'gesture.add', changes: [{ root: 'notes', key, value }] });
}"""

STORED = """async () => (await (await fetch('/api/scores')).json()).map((score) => score.notes)"""


class Line:
    """The way from a page to the server, which can be cut without telling anybody."""

    def __init__(self, page: Page) -> None:
        self.cut = False
        self.sockets: list[WebSocketRoute] = []
        page.route_web_socket(lambda address: "/ws/scores/" in address, self._opened)

    def _opened(self, socket: WebSocketRoute) -> None:
        self.sockets.append(socket)
        if not self.cut:
            socket.connect_to_server()

    def drop(self) -> None:
        """Cut it: what is open ends, and what opens leads nowhere."""
        self.cut = True
        for socket in self.sockets:
            socket.close(code=1012)
        self.sockets.clear()


def test_edits_that_wait_survive_a_reload(server: Server, visitor: Callable[[], Page]) -> None:
    page = visitor()
    line = Line(page)
    RollPage.open(page, server, [(0, 60, 240)])
    editor = page.locator(EDITOR)
    expect(editor).to_have_attribute("saved", "saved")

    line.drop()
    page.evaluate(ADD, 480)
    expect(editor).to_have_attribute("notes", "2")
    page.wait_for_timeout(1500)
    expect(editor).not_to_have_attribute("saved", "saved")

    page.reload()
    expect(editor).to_have_attribute("notes", "2")
    expect(editor).not_to_have_attribute("saved", "saved")
    expect(editor).not_to_have_attribute("synced", "")

    line.cut = False
    page.reload()
    expect(editor).to_have_attribute("synced", "", timeout=20_000)
    expect(editor).to_have_attribute("saved", "saved", timeout=20_000)
    expect(editor).to_have_attribute("notes", "2")
    assert 2 in page.evaluate(STORED)


def test_undo_reaches_back_before_a_reload(server: Server, visitor: Callable[[], Page]) -> None:
    page = visitor()
    RollPage.open(page, server, [(0, 60, 240)])
    editor = page.locator(EDITOR)
    page.evaluate(ADD, 480)
    page.evaluate(ADD, 960)
    expect(editor).to_have_attribute("saved", "saved")

    page.reload()
    expect(editor).to_have_attribute("synced", "", timeout=20_000)
    expect(editor).to_have_attribute("notes", "3")
    page.keyboard.press("Control+z")
    expect(editor).to_have_attribute("notes", "2")
    page.keyboard.press("Control+z")
    expect(editor).to_have_attribute("notes", "1")
    page.keyboard.press("Control+Shift+z")
    expect(editor).to_have_attribute("notes", "2")
