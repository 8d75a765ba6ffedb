"""Two people on one roll: pointers, running drags and drops."""

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.browser.roll_page import ROLL, RollPage
from tests.integration.server import Server

_LINK = """async () => {
  const id = location.pathname.split('/')[2];
  const token = /antiphon_csrf=([^;]+)/.exec(document.cookie)?.[1] ?? '';
  const answer = await fetch(`/api/scores/${id}/links`, {
    method: 'POST', body: JSON.stringify({ role: 'editor', expires_hours: null }),
    headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token },
  });
  return (await answer.json()).url;
}"""


def _until(page: Page, expression: str, wanted: Callable[[Any], bool]) -> Any:
    """Ask the page until the answer fits; it has ten seconds."""
    until = time.monotonic() + 10
    answer = page.evaluate(expression)
    while not wanted(answer):
        assert time.monotonic() < until, f"{expression} stayed {answer}"
        page.wait_for_timeout(50)
        answer = page.evaluate(expression)
    return answer


def test_a_running_drag_is_seen_before_it_is_dropped(
    visitor: Callable[..., Page], server: Server
) -> None:
    one = visitor()
    here = RollPage.open(one, server, [(0, 60, 480), (480, 62, 480)])
    one.wait_for_selector("antiphon-editor[saved=saved]")
    link = one.evaluate(_LINK)
    two = visitor()
    two.goto(link)
    two.get_by_role("button", name="Open the score").click()
    two.wait_for_selector("antiphon-editor[synced]")
    there = RollPage(two)
    _until(two, f"{ROLL}.view.noteCount", lambda count: count == 2)

    here.show(64)
    one.mouse.move(*here.place(240, 60))
    one.mouse.down()
    one.mouse.move(*here.place(720, 65), steps=5)
    peers = f"{ROLL}.presence.peers.peek()"
    drag = _until(two, f"{peers}[0]?.drag", lambda drag: drag is not None and drag["dp"] == 5)
    assert drag["dt"] == 480 and len(drag["ids"]) == 1
    _until(two, f"{peers}[0]?.cursor?.[1]", lambda pitch: pitch == 65)
    # The roll over there still holds the old note, and shows its outline instead of it.
    assert there.rows()[0] == [0, 60, 480]

    one.mouse.up()
    _until(two, f"{ROLL}.view.note('note000000').start", lambda start: start == 480)
    _until(two, f"{peers}[0]?.drag", lambda drag: drag is None)
