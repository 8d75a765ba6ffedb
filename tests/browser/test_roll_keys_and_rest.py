"""The roll by keyboard and screen reader, at rest, and in the other theme."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.roll_page import ROLL, RollPage
from tests.integration.server import Server


def test_notes_are_written_and_heard_about_without_a_mouse(
    visitor: Callable[..., Page], server: Server
) -> None:
    page = visitor(locale="en")
    roll = RollPage.open(page, server, [(480, 69, 480)])
    page.evaluate(f"{ROLL}.focus()")
    region = page.locator("antiphon-roll [aria-live=polite]")
    page.keyboard.press("Shift+Home")
    page.keyboard.press("Shift+PageDown")
    expect(region).to_contain_text("A4, bar 1 beat 2")
    expect(region).to_contain_text("note, velocity 80")
    page.keyboard.press("ArrowUp")
    expect(region).to_contain_text("empty")
    page.keyboard.press("Enter")
    assert [480, 70, 480] in roll.rows()
    expect(region).to_contain_text("selected")
    page.keyboard.press("Enter")
    assert [480, 70, 480] not in roll.rows()


def test_tab_goes_in_and_out_of_the_roll(visitor: Callable[..., Page], server: Server) -> None:
    page = visitor()
    RollPage.open(page, server, [(0, 60, 480)])
    page.evaluate(f"{ROLL}.focus()")
    inside = "document.activeElement?.localName === 'antiphon-roll'"
    assert page.evaluate(inside)
    page.keyboard.press("Tab")
    assert not page.evaluate(inside)
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(inside)


def test_nothing_is_painted_at_rest_and_little_when_the_pointer_moves(
    visitor: Callable[..., Page], server: Server
) -> None:
    page = visitor()
    roll = RollPage.open(page, server, [(i * 240, 60 + i % 12, 200) for i in range(400)])
    page.mouse.move(*roll.place(480, 70))
    page.wait_for_timeout(700)
    before = roll.state("paints")
    page.wait_for_timeout(1000)
    assert roll.state("paints") == before
    x, y = roll.place(480, 70)
    for step in range(8):
        page.mouse.move(x + step * 3, y + step * 6)
    roll.settle()
    after = roll.state("paints")
    assert after["notes"] == before["notes"]
    assert after["minimap"] == before["minimap"]


def test_the_canvas_follows_the_theme(visitor: Callable[..., Page], server: Server) -> None:
    page = visitor()
    RollPage.open(page, server, [(0, 60, 480)])
    pixel = f"""async (theme) => {{
      document.documentElement.dataset.theme = theme;
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const canvas = {ROLL}.shadowRoot.querySelector('canvas.notes');
      const [red] = canvas.getContext('2d').getImageData(canvas.width - 40, 20, 1, 1).data;
      return red;
    }}"""
    assert page.evaluate(pixel, "light") > 200
    assert page.evaluate(pixel, "dark") < 60
