"""A share link: made, opened by somebody else, taken back while it is in use."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Watch
from tests.browser.test_pages_scores import SONG, drop
from tests.integration.server import Server

Visitor = Callable[..., Page]


def shared(page: Page, server: Server, may: str) -> str:
    """Open a score of one's own and make a link to it; gives its address."""
    page.goto(f"{server.url}/")
    drop(page, SONG)
    page.locator("antiphon-editor[synced]").wait_for()
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog", name="Share test-2-tracks-type-1")
    dialog.get_by_role("button", name="What they may do").click()
    page.get_by_role("option", name=may).click()
    dialog.get_by_role("button", name="Make a link").click()
    address = dialog.get_by_role("textbox", name="Address of the link").first.input_value()
    page.keyboard.press("Escape")
    return address


def join(page: Page, address: str) -> None:
    """Open a link."""
    page.goto(address)
    expect(page.get_by_role("heading", name="test-2-tracks-type-1")).to_be_visible()
    page.get_by_role("button", name="Open the score").click()
    page.locator("antiphon-editor[synced]").wait_for()


def test_two_people_see_each_other_write(visitor: Visitor, server: Server) -> None:
    first, second = visitor(), visitor()
    join(second, shared(first, server, "can edit"))
    expect(first.locator("antiphon-room .who li")).to_have_count(2)
    expect(second.locator("antiphon-room .who li")).to_have_count(2)
    second.keyboard.press("Control+a")
    second.keyboard.press("Delete")
    expect(first.locator("antiphon-editor")).to_have_attribute("notes", "8")
    expect(second.locator("antiphon-editor")).to_have_attribute("saved", "saved")
    first.locator("antiphon-track-row .name").first.dblclick()
    first.keyboard.type("Together")
    first.keyboard.press("Enter")
    expect(second.locator("antiphon-track-row .name").first).to_have_text("Together")
    expect(second.get_by_role("button", name="Share")).to_have_count(0)
    second.locator(".title button").click()
    second.keyboard.type("Two hands")
    second.keyboard.press("Enter")
    expect(first.locator(".title")).to_have_text("Two hands")


def test_a_viewer_listens_and_nothing_offers_to_write(visitor: Visitor, server: Server) -> None:
    first, second = visitor(), visitor()
    join(second, shared(first, server, "can listen"))
    expect(second.locator("antiphon-editor")).to_have_attribute("data-role", "viewer")
    expect(second.get_by_role("button", name="Add track")).to_have_count(0)
    expect(second.get_by_role("button", name="Suggest", exact=True)).to_have_count(0)
    second.keyboard.press("Control+a")
    second.keyboard.press("Delete")
    second.wait_for_timeout(300)
    expect(second.locator("antiphon-editor")).to_have_attribute("notes", "16")


def test_a_link_taken_back_closes_the_score_at_once(
    visitor: Visitor, server: Server, watch: Watch
) -> None:
    first, second = visitor(), visitor()
    address = shared(first, server, "can edit")
    join(second, address)
    first.get_by_role("button", name="Share").click()
    first.get_by_role("button", name="Take the link back").click()
    expect(second.locator(".banner")).to_contain_text("No access", timeout=5_000)
    late = visitor()
    late.goto(address)
    expect(late.locator("antiphon-problem")).to_contain_text("This link no longer works")


def test_a_deleted_score_says_so_where_it_is_open(visitor: Visitor, server: Server) -> None:
    first, second = visitor(), visitor()
    join(second, shared(first, server, "can edit"))
    first.goto(f"{server.url}/scores/")
    first.locator("antiphon-score-card").get_by_role("button").click()
    first.get_by_role("menuitem", name="Move to trash").click()
    expect(second.locator(".banner")).to_contain_text("Deleted", timeout=5_000)


def test_an_unknown_link_is_refused_in_words(visitor: Visitor, server: Server) -> None:
    page = visitor()
    page.goto(f"{server.url}/s/AAAAAAAAAAAAAAAAAAAAAA")
    expect(page.locator("antiphon-problem")).to_contain_text("There is no such link")
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_role("link", name="Open the demo score").first).to_be_visible()
