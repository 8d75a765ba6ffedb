"""Sound in a real browser: the worklet plays the score, on the audio clock."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.story import Musician
from tests.integration.server import Server

PLAYER = "document.querySelector('antiphon-editor').desk.player"

# Song position and audio clock at two moments, half a second of audio apart.
CLOCKS = f"""async () => {{
  const player = {PLAYER};
  const context = player.node.context;
  const moment = () => [player.positionNow(), context.currentTime];
  while (player.positionNow() < 480) await new Promise(requestAnimationFrame);
  const first = moment();
  while (context.currentTime < first[1] + 0.5) await new Promise(requestAnimationFrame);
  return [first, moment()];
}}"""

# Keys struck by the song while the page is kept busy; they are counted by the audio thread.
BUSY = f"""async () => {{
  const player = {PLAYER};
  const busyUntil = performance.now() + 2000;
  while (performance.now() < busyUntil) {{
    const burst = performance.now() + 40;
    while (performance.now() < burst);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }}
  return player.peak.value;
}}"""


@pytest.fixture
def listener(visitor: Callable[..., Page], server: Server) -> Musician:
    """Somebody who has opened the demo."""
    musician = Musician(visitor())
    musician.page.goto(server.url)
    musician.page.get_by_role("link", name="Open the demo score").first.click()
    musician.sees_score()
    return musician


def player(listener: Musician, expression: str) -> Any:
    """What the player says of itself."""
    return listener.page.evaluate(f"{PLAYER}.{expression}")


def test_the_song_runs_on_the_audio_clock(listener: Musician) -> None:
    listener.presses("Space")
    expect(listener.editor).to_have_attribute("playing", "", timeout=30_000)
    (tick, time), (later_tick, later_time) = listener.page.evaluate(CLOCKS)
    beats_a_minute = (later_tick - tick) / 480 / (later_time - time) * 60
    assert beats_a_minute == pytest.approx(92, rel=0.02)
    listener.presses("Space")
    expect(listener.editor).not_to_have_attribute("playing", "")
    parked = player(listener, "parked.value")
    assert parked >= int(later_tick)
    assert parked == int(parked)


def test_a_busy_page_goes_on_sounding_and_never_clips(listener: Musician) -> None:
    listener.presses("Space")
    expect(listener.editor).to_have_attribute("position", re.compile(r"^[1-9]\d{2,}$"))
    peak = listener.page.evaluate(BUSY)
    assert 0.02 < peak <= 0.971
    listener.presses("Space")


def test_a_struck_key_sounds_and_is_released(listener: Musician) -> None:
    page = listener.page
    track = page.evaluate("document.querySelector('antiphon-editor').desk.editing.track.value")
    sounding = f"[...({PLAYER}.sounding.value.get('{track}') ?? [])]"
    page.evaluate(f"{PLAYER}.noteOn('{track}', 64, 100)")
    page.wait_for_timeout(100)
    expect(listener.editor).to_have_attribute("sound", "ready", timeout=30_000)
    page.wait_for_timeout(300)
    assert page.evaluate(sounding) == [64]
    page.evaluate(f"{PLAYER}.noteOff('{track}', 64)")
    page.wait_for_timeout(300)
    assert page.evaluate(sounding) == []


def test_what_has_no_secure_context_says_why(visitor: Callable[..., Page], server: Server) -> None:
    page = visitor()
    page.add_init_script("Object.defineProperty(globalThis, 'isSecureContext', { value: false });")
    page.goto(server.url)
    page.get_by_role("link", name="Open the demo score").first.click()
    listener = Musician(page)
    listener.sees_score()
    listener.presses("Space")
    expect(listener.editor).to_have_attribute("sound", "blocked")
    expect(page.locator("antiphon-banners")).to_contain_text("https")
