"""The editor as one person uses it: the demo, its copy, tools, tracks, display, keys, words."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.integration.server import Server

Visitor = Callable[..., Page]
DEMO = "/scores/AntiphonDemo/"


def open_new(page: Page, server: Server) -> None:
    """Open an empty score with one track."""
    page.goto(f"{server.url}/")
    page.get_by_role("button", name="Start empty").click()
    page.locator("antiphon-editor[synced]").wait_for()
    expect(page.locator("antiphon-track-row")).to_have_count(1)


def draw(page: Page, tick: int, pitch: int) -> None:
    """Draw one note with the pencil."""
    page.keyboard.press("2")
    place = page.evaluate(
        "([tick, pitch]) => document.querySelector('antiphon-roll').pointAt(tick, pitch)",
        [tick, pitch],
    )
    page.mouse.click(place["x"] + 2, place["y"])
    page.keyboard.press("1")


def notes(page: Page) -> int:
    """How many notes the score holds."""
    return int(page.locator("antiphon-editor").get_attribute("notes") or 0)


def test_the_demo_plays_without_becoming_anybodys(visitor: Visitor, server: Server) -> None:
    page = visitor()
    page.goto(f"{server.url}/")
    page.get_by_role("link", name="Open the demo score").first.click()
    editor = page.locator("antiphon-editor[synced]")
    editor.wait_for()
    assert notes(page) > 100
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.locator("antiphon-editor[playing][sound=ready]")).to_be_attached()
    # Four digits of ticks: more than two beats have been played.
    expect(page.locator("antiphon-editor")).to_have_attribute("position", re.compile(r"^\d{4,}$"))
    page.keyboard.press("Space")
    expect(page.locator("antiphon-editor:not([playing])")).to_be_attached()
    assert page.url.endswith(DEMO)


def test_the_first_edit_of_the_demo_goes_on_in_a_copy(visitor: Visitor, server: Server) -> None:
    page = visitor()
    page.goto(f"{server.url}{DEMO}")
    page.locator("antiphon-editor[synced]").wait_for()
    before = notes(page)
    draw(page, 960, 84)
    page.wait_for_url(re.compile(r"/scores/(?!AntiphonDemo)\w{12}/"))
    expect(page.locator("antiphon-editor[synced][data-role=owner]")).to_be_attached()
    expect(page.locator("antiphon-editor")).to_have_attribute("notes", str(before + 1))
    expect(page.locator("antiphon-editor")).to_have_attribute("saved", "saved")
    other = visitor()
    other.goto(f"{server.url}{DEMO}")
    expect(other.locator("antiphon-editor[synced]")).to_have_attribute("notes", str(before))


def test_notes_are_drawn_undone_and_kept(visitor: Visitor, server: Server) -> None:
    page = visitor()
    open_new(page, server)
    for tick, pitch in [(0, 60), (480, 64), (960, 67)]:
        draw(page, tick, pitch)
    editor = page.locator("antiphon-editor")
    expect(editor).to_have_attribute("notes", "3")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_have_attribute("data-tip", "Undo: Draw notes")
    page.keyboard.press("Control+z")
    expect(editor).to_have_attribute("notes", "2")
    page.get_by_role("button", name="Redo").click()
    expect(editor).to_have_attribute("notes", "3")
    page.keyboard.press("Control+a")
    expect(page.locator("antiphon-status")).to_contain_text("3 notes selected")
    page.keyboard.press("Control+d")
    expect(editor).to_have_attribute("notes", "6")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    page.keyboard.press("Delete")
    expect(editor).to_have_attribute("notes", "0")
    page.keyboard.press("Control+v")
    expect(editor).to_have_attribute("notes", "6")
    expect(editor).to_have_attribute("saved", "saved")
    page.reload()
    expect(page.locator("antiphon-editor[synced]")).to_have_attribute("notes", "6")


def test_the_display_takes_what_people_type(visitor: Visitor, server: Server) -> None:
    page = visitor()
    open_new(page, server)
    display = page.locator("antiphon-display")

    def write(field: str, text: str) -> None:
        display.get_by_role("button", name=re.compile(f"^{field}")).click()
        display.get_by_role("textbox", name=field).fill(text)
        page.keyboard.press("Enter")

    write("Tempo", "84,5")
    expect(display.locator(".tempo b")).to_have_text("84.5")
    write("Meter", "7/8")
    expect(display.locator(".meter b")).to_have_text("7/8")
    write("Position", "2.3")
    expect(display.locator(".position b")).to_have_text("2.3.000")
    expect(page.locator("antiphon-editor")).to_have_attribute("position", str(7 * 240 + 480))
    write("Meter", "7/5")
    expect(page.locator(".toast")).to_contain_text("7/8")
    expect(display.locator(".meter b")).to_have_text("7/8")
    display.get_by_role("button", name="Key: –").click()
    page.get_by_role("option", name="E♭ major").click()
    expect(display.locator(".key b")).to_have_text("E♭ major")
    page.keyboard.press("Control+z")
    expect(display.locator(".key b")).to_have_text("–")


def test_tracks_are_named_played_otherwise_and_deleted(visitor: Visitor, server: Server) -> None:
    page = visitor()
    open_new(page, server)
    draw(page, 0, 60)
    row = page.locator("antiphon-track-row").first
    row.locator(".name").dblclick()
    page.keyboard.type("Morning")
    page.keyboard.press("Enter")
    expect(row.locator(".name")).to_have_text("Morning")
    row.locator("> antiphon-instrument-picker .instrument").click()
    page.get_by_role("searchbox", name="Find an instrument").fill("clari")
    page.keyboard.press("Enter")
    expect(row.locator("> antiphon-instrument-picker .instrument")).to_have_text("Clarinet")
    row.get_by_role("button", name="Mute Morning").click()
    expect(row).to_have_class(re.compile("silent"))
    row.get_by_role("slider", name="Volume of Morning").fill("40")
    expect(page.get_by_role("button", name="Undo")).to_have_attribute(
        "data-tip", "Undo: Change volume"
    )
    page.get_by_role("button", name="Add track").click()
    page.get_by_role("menuitem", name="Drum track").click()
    expect(page.locator("antiphon-track-row.current .name")).to_have_text("Standard kit")
    row.get_by_role("button", name="More about Morning").click()
    page.get_by_role("button", name="Delete track").click()
    expect(page.locator("antiphon-track-row")).to_have_count(1)
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator("antiphon-track-row .name").first).to_have_text("Morning")
    expect(page.locator("antiphon-editor")).to_have_attribute("notes", "1")


def test_the_sheet_lists_keys_and_esc_closes_it(visitor: Visitor, server: Server) -> None:
    page = visitor()
    page.goto(f"{server.url}{DEMO}")
    page.locator("antiphon-editor[synced]").wait_for()
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet).to_contain_text("Back to start")
    expect(sheet).to_contain_text("Next candidate")
    page.keyboard.press("Space")
    expect(page.locator("antiphon-editor:not([playing])")).to_be_attached()
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)


def test_the_title_is_renamed_for_everybody(visitor: Visitor, server: Server) -> None:
    page = visitor()
    open_new(page, server)
    page.locator(".title button").click()
    page.keyboard.type("Evening song")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Evening song · Antiphon")
    page.reload()
    expect(page.locator(".title button")).to_have_text("Evening song")


def test_language_and_theme_are_remembered(visitor: Visitor, server: Server) -> None:
    page = visitor(color_scheme="dark")
    page.goto(f"{server.url}{DEMO}")
    page.locator("antiphon-editor[synced]").wait_for()
    page.get_by_role("button", name="Light theme").click()
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitemcheckbox", name="简体中文").click()
    expect(page.get_by_role("heading", name="音轨")).to_be_visible()
    page.goto(f"{server.url}/scores/")
    expect(page.get_by_role("heading", name="我的乐谱")).to_be_visible()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"


def test_a_browser_in_chinese_is_greeted_in_chinese(visitor: Visitor, server: Server) -> None:
    page = visitor(locale="zh-CN")
    page.goto(f"{server.url}/")
    expect(page.get_by_role("link", name="打开示例乐谱").first).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (390, 844)])
def test_nothing_is_wider_than_the_window(
    visitor: Visitor, server: Server, width: int, height: int
) -> None:
    page = visitor(viewport={"width": width, "height": height})
    for path in ["/", "/scores/", DEMO]:
        page.goto(f"{server.url}{path}")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.locator("antiphon-editor[synced]").wait_for()
    roll = page.locator("antiphon-roll").bounding_box()
    assert roll is not None
    assert roll["width"] >= 0.59 * width
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_the_first_script_of_the_editor_is_small(visitor: Visitor, server: Server) -> None:
    page = visitor()
    sizes: dict[str, int] = {}
    page.on(
        "response",
        lambda answer: (
            sizes.__setitem__(answer.url, len(answer.body()))
            if answer.url.endswith(".js")
            and "worker" not in answer.url
            and "worklet" not in answer.url
            else None
        ),
    )
    page.goto(f"{server.url}{DEMO}")
    page.locator("antiphon-editor[synced]").wait_for()
    assert sizes
    # 180 kB compressed are about 560 kB before.
    assert sum(sizes.values()) < 560_000
