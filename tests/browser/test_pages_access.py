"""Axe finds nothing serious, in both themes and on a phone; the keyboard reaches everything."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import grave_violations
from tests.integration.server import Server

Visitor = Callable[..., Page]
PAGES = ["/", "/scores/", "/scores/AntiphonDemo/", "/s/AAAAAAAAAAAAAAAAAAAAAA", "/no/such/page"]


def settled(page: Page, address: str) -> None:
    """Open a page and wait until it stands still."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    if "AntiphonDemo" in address:
        page.locator("antiphon-editor[synced]").wait_for()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_no_page_keeps_anybody_out(visitor: Visitor, server: Server, theme: str) -> None:
    page = visitor(color_scheme=theme)
    for path in PAGES:
        settled(page, f"{server.url}{path}")
        assert page.evaluate("document.documentElement.dataset.theme") == theme
        assert grave_violations(page) == [], path


def test_no_page_keeps_anybody_out_on_a_phone(visitor: Visitor, server: Server) -> None:
    page = visitor(viewport={"width": 390, "height": 844}, has_touch=True)
    for path in PAGES[:3]:
        settled(page, f"{server.url}{path}")
        assert grave_violations(page) == [], path


def test_dialogs_and_lists_keep_nobody_out(visitor: Visitor, server: Server) -> None:
    page = visitor()
    settled(page, f"{server.url}/")
    page.get_by_role("button", name="Start empty").click()
    page.locator("antiphon-editor[synced]").wait_for()
    for name in ["Share", "Import a file", "Export"]:
        if name == "Share":
            page.get_by_role("button", name="Share").click()
        else:
            page.get_by_role("button", name="More", exact=True).click()
            assert grave_violations(page) == []
            page.get_by_role("menuitem", name=name).click()
        page.get_by_role("dialog").wait_for()
        assert grave_violations(page) == [], name
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).to_have_count(0)
    page.get_by_role("button", name="Snap: 1/16").click()
    assert grave_violations(page) == []


def test_tab_goes_through_the_editor_in_reading_order(visitor: Visitor, server: Server) -> None:
    page = visitor()
    settled(page, f"{server.url}/scores/AntiphonDemo/")
    where = """() => {
      let at = document.activeElement;
      const areas = ['ANTIPHON-TOP-BAR', 'ANTIPHON-TOOLS', 'ANTIPHON-TRACKS', 'ANTIPHON-ROLL',
        'ANTIPHON-PANEL', 'ANTIPHON-STATUS'];
      while (at && !areas.includes(at.tagName)) at = at.parentElement;
      return at?.tagName ?? '';
    }"""
    seen: list[str] = []
    for _ in range(90):
        page.keyboard.press("Tab")
        area = page.evaluate(where)
        if area and (not seen or seen[-1] != area):
            seen.append(area)
    order = [name for index, name in enumerate(seen) if name not in seen[:index]]
    assert order == [
        "ANTIPHON-TOP-BAR",
        "ANTIPHON-TOOLS",
        "ANTIPHON-TRACKS",
        "ANTIPHON-ROLL",
        "ANTIPHON-PANEL",
    ]


def test_with_reduced_motion_nothing_moves_by_itself(visitor: Visitor, server: Server) -> None:
    page = visitor(reduced_motion="reduce")
    settled(page, f"{server.url}/scores/AntiphonDemo/")
    durations = page.evaluate(
        "['m-quick', 'm-move', 'm-stage', 'm-breath'].map(name =>"
        " getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim())"
    )
    assert {value.replace("0ms", "0s") for value in durations} == {"0s"}
