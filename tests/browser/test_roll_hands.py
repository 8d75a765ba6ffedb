"""Mouse, wheel and fingers on the roll, in a real browser against a real server."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.roll_page import RollPage
from tests.integration.server import Server

SCALE = [(0, 60, 480), (480, 62, 480), (960, 64, 480)]


def test_notes_are_drawn_moved_stretched_and_erased(
    visitor: Callable[..., Page], server: Server
) -> None:
    page = visitor()
    roll = RollPage.open(page, server, SCALE[:1])
    roll.show(64)
    roll.tool("draw")
    roll.drag((1440, 67), (1440 + 700, 67))
    assert [1440, 67, 720] in roll.rows()
    expect(page.locator("antiphon-editor")).to_have_attribute("notes", "2")
    roll.tool("select")
    roll.drag((240, 60), (720, 65))
    assert [480, 65, 480] in roll.rows()
    roll.drag((955, 65), (1200, 65))
    assert [480, 65, 720] in roll.rows()
    roll.tool("erase")
    roll.click(1500, 67)
    assert roll.rows() == [[480, 65, 720]]


def test_a_drag_writes_once_and_escape_takes_it_back(
    visitor: Callable[..., Page], server: Server
) -> None:
    page = visitor()
    roll = RollPage.open(page, server, SCALE)
    roll.show(64)
    page.mouse.move(*roll.place(240, 60))
    page.mouse.down()
    page.mouse.move(*roll.place(720, 70), steps=4)
    assert roll.rows()[0] == [0, 60, 480]
    page.keyboard.press("Escape")
    page.mouse.up()
    assert roll.rows() == [list(row) for row in SCALE]


def test_the_marquee_takes_what_it_touches(visitor: Callable[..., Page], server: Server) -> None:
    roll = RollPage.open(visitor(), server, SCALE)
    roll.show(64)
    roll.drag((430, 67), (500, 59))
    assert roll.state("editing.selection.peek().size") == 2


def test_the_wheel_scrolls_and_zooms_at_the_pointer(
    visitor: Callable[..., Page], server: Server
) -> None:
    page = visitor()
    roll = RollPage.open(page, server, [(bar * 1920, 60, 480) for bar in range(64)])
    roll.show(64)
    x, y = roll.place(3840, 60)
    page.mouse.move(x, y)
    page.keyboard.down("Shift")
    page.mouse.wheel(0, 200)
    page.keyboard.up("Shift")
    roll.settle()
    assert roll.state("editing.left.peek()") > 0
    x, y = roll.place(5760, 60)
    page.mouse.move(x, y)
    before = roll.state("editing.zoom.peek()")
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    roll.settle()
    assert roll.state("editing.zoom.peek()") > before
    assert abs(roll.place(5760, 60)[0] - x) < 2


def test_the_right_button_opens_a_menu_that_acts(
    visitor: Callable[..., Page], server: Server
) -> None:
    page = visitor()
    roll = RollPage.open(page, server, SCALE)
    roll.show(64)
    roll.click(600, 62, button="right")
    menu = page.get_by_role("menu", name="Notes")
    expect(menu).to_be_visible()
    menu.get_by_role("menuitem", name="Delete").click()
    assert [480, 62, 480] not in roll.rows()
    roll.click(200, 60, button="right")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    assert len(roll.rows()) == 2


def test_fingers_draw_pan_pinch_and_hold(visitor: Callable[..., Page], server: Server) -> None:
    page = visitor(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    roll = RollPage.open(page, server, SCALE)
    roll.show(66)
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        fingers = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})

    roll.tool("draw")
    x, y = roll.place(1920, 69)
    touch("touchStart", (x, y))
    touch("touchEnd")
    roll.settle()
    assert any(row[:2] == [1920, 69] for row in roll.rows())

    zoom, left = roll.state("editing.zoom.peek()"), roll.state("editing.left.peek()")
    count = len(roll.rows())
    touch("touchStart", (150, 400))
    touch("touchStart", (150, 400), (250, 400))
    for step in range(1, 6):
        touch("touchMove", (150 - step * 8, 400), (250 + step * 8, 400))
    touch("touchEnd")
    roll.settle()
    assert roll.state("editing.zoom.peek()") > zoom * 1.3
    assert roll.state("editing.left.peek()") >= left
    assert len(roll.rows()) == count

    roll.tool("select")
    roll.show(66)
    x, y = roll.place(int(roll.state("editing.left.peek()")) + 500, 72)
    touch("touchStart", (x, y))
    expect(page.get_by_role("menu", name="Notes")).to_be_visible()
    touch("touchEnd")
