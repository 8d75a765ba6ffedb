"""The panel: asking, hearing, deciding, by pointer and by keys, on two screens."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import grave_violations
from tests.browser.test_pages_scores import SONG, drop
from tests.browser.test_pages_share import join, shared
from tests.integration.canon_engine import CHOICE
from tests.integration.server import Server, running_server

Visitor = Callable[..., Page]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server whose engine answers at once, and always the same."""
    with running_server(environment={"ANTIPHON_ENGINES": CHOICE}) as started:
        yield started
        assert "Traceback" not in started.said(), started.said()[-6000:]


def song(page: Page, server: Server) -> None:
    """Open a score of two tracks of eight notes."""
    page.goto(f"{server.url}/")
    drop(page, SONG)
    page.locator("antiphon-editor[synced]").wait_for()


def ask(page: Page) -> Locator:
    """Ask, and wait until both candidates are there; gives the cards."""
    page.get_by_role("button", name="Suggest", exact=True).click()
    cards = page.locator("antiphon-card")
    expect(cards).to_have_count(2)
    for card in (cards.first, cards.last):
        expect(card).to_have_attribute("data-state", "ready", timeout=15_000)
    return cards


def wish(page: Page, name: str, value: str) -> None:
    """Move the slider of a wish."""
    page.get_by_role("slider", name=name).fill(value)


def test_a_candidate_is_accepted_and_one_undo_takes_it_back(
    visitor: Visitor, server: Server
) -> None:
    page = visitor()
    song(page, server)
    cards = ask(page)
    expect(cards.first).to_contain_text("Canon")
    assert grave_violations(page) == []
    cards.first.get_by_role("button", name="Accept").click()
    toast = page.locator(".toast")
    expect(toast).to_contain_text(re.compile(r"Accepted A: \d+ notes in bars"))
    written = int(re.findall(r"\d+", toast.inner_text())[0])
    editor = page.locator("antiphon-editor")
    expect(editor).to_have_attribute("notes", str(16 + written))
    expect(cards).to_have_count(0)
    toast.get_by_role("button", name="Undo").click()
    expect(editor).to_have_attribute("notes", "16")


def test_the_keyboard_alone_asks_goes_round_accepts(visitor: Visitor, server: Server) -> None:
    page = visitor()
    song(page, server)
    page.keyboard.press("Control+Enter")
    cards = page.locator("antiphon-card")
    expect(cards.last).to_have_attribute("data-state", "ready", timeout=15_000)
    page.get_by_role("application", name="Piano roll").focus()
    expect(cards.first).to_have_class(re.compile("current"))
    page.keyboard.press("Tab")
    expect(cards.last).to_have_class(re.compile("current"))
    page.keyboard.press("Tab")
    expect(cards.first).to_have_class(re.compile("current"))
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("Accepted A")
    ask(page)
    cards.first.locator("section").focus()
    page.keyboard.press("Tab")
    expect(cards.last.locator("section")).to_be_focused()
    page.keyboard.press("Escape")
    expect(cards).to_have_count(0)
    expect(page.locator(".toast")).to_contain_text("Hidden for you")


def test_a_candidate_is_heard_plain_and_sung(visitor: Visitor, server: Server) -> None:
    page = visitor()
    song(page, server)
    cards = ask(page)
    playing = page.locator("antiphon-editor[playing]")
    cards.first.get_by_role("button", name="Hear").click()
    expect(playing).to_be_attached()
    expect(cards.first).to_have_attribute("data-state", "playing")
    cards.last.get_by_role("button", name="Hear").click()
    expect(cards.last).to_have_attribute("data-state", "playing")
    expect(cards.first).to_have_attribute("data-state", "ready")
    cards.last.get_by_role("button", name="Stop").click()
    expect(playing).to_have_count(0)
    cards.first.get_by_role("button", name="Singer").click()
    cards.first.get_by_role("button", name="Hear").click()
    expect(playing).to_be_attached(timeout=15_000)
    expect(cards.first.get_by_role("button", name="Stop")).to_be_visible()
    page.keyboard.press("Space")
    expect(playing).to_have_count(0)
    expect(cards.first).to_have_attribute("data-state", "ready")


def test_both_screens_see_votes_and_decisions(visitor: Visitor, server: Server) -> None:
    first, second = visitor(), visitor()
    join(second, shared(first, server, "can edit"))
    ask(first)
    theirs = second.locator("antiphon-card")
    expect(theirs).to_have_count(2)
    expect(second.locator(".asked")).to_contain_text("asked: Continue")
    theirs.last.get_by_role("button", name="Vote for B").click()
    expect(first.locator("antiphon-card").last.locator(".votes em")).to_have_count(1)
    first.get_by_role("button", name="Dismiss").click()
    expect(theirs).to_have_count(0)
    second.get_by_role("button", name="Open again").click()
    expect(first.locator("antiphon-card")).to_have_count(2)
    theirs.last.get_by_role("button", name="Accept").click()
    expect(first.locator("antiphon-card")).to_have_count(0)
    expect(first.locator(".settled-line")).to_contain_text("B kept in")


def test_wishes_rest_at_any_and_travel_with_the_request(visitor: Visitor, server: Server) -> None:
    page = visitor()
    song(page, server)
    density = page.locator("antiphon-wish[data-wish=density]")
    expect(density.locator("output")).to_have_text("any")
    wish(page, "Density", "1")
    expect(density.locator("output")).to_have_text("1 a beat")
    ask(page)
    few = int(re.findall(r"\d+", page.locator("antiphon-card .dim").first.inner_text())[0])
    wish(page, "Density", "4")
    page.get_by_role("button", name="Suggest again").click()
    expect(page.locator(".suggestion")).to_have_count(2)
    newest = page.locator(".suggestion").first.locator("antiphon-card").first
    expect(newest).to_have_attribute("data-state", "ready", timeout=15_000)
    many = int(re.findall(r"\d+", newest.locator(".dim").first.inner_text())[0])
    assert many == 4 * few
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("antiphon-wish.rest")).to_have_count(3)


def test_an_answer_on_its_way_can_be_stopped(visitor: Visitor, server: Server) -> None:
    page = visitor()
    song(page, server)
    page.get_by_role("button", name=re.compile("^Bars:")).click()
    page.get_by_role("spinbutton", name="to").fill("40")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    wish(page, "Density", "4")
    page.get_by_role("button", name="Suggest", exact=True).click()
    stop = page.locator("antiphon-panel .foot").get_by_role("button", name="Stop")
    stop.click()
    expect(page.locator("antiphon-panel .state")).to_have_text("Stopped")
    expect(page.get_by_role("button", name=re.compile("^Suggest"))).to_be_enabled()


def test_nothing_written_yet_is_said_in_words(visitor: Visitor, server: Server) -> None:
    page = visitor()
    page.goto(f"{server.url}/")
    page.get_by_role("button", name="Start empty").click()
    page.locator("antiphon-editor[synced]").wait_for()
    page.get_by_role("button", name="Suggest", exact=True).click()
    expect(page.locator(".state.failed")).to_be_visible(timeout=15_000)
    expect(page.get_by_role("button", name=re.compile("^Suggest"))).to_be_enabled()


def test_asking_in_the_demo_goes_on_in_a_copy(visitor: Visitor, server: Server) -> None:
    page = visitor()
    page.goto(f"{server.url}/scores/AntiphonDemo/")
    page.locator("antiphon-editor[synced]").wait_for()
    page.get_by_role("button", name="Suggest", exact=True).click()
    page.wait_for_url(re.compile(r"/scores/(?!AntiphonDemo)\w{12}/"))
    expect(page.locator("antiphon-card").last).to_have_attribute(
        "data-state", "ready", timeout=15_000
    )
