"""A score of one's own in a browser, and the roll addressed in musical coordinates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from tests.integration.server import Server

ROLL = "document.querySelector('antiphon-roll')"

_NEW_SCORE = """async () => {
  await fetch('/api/me');
  const token = /antiphon_csrf=([^;]+)/.exec(document.cookie)?.[1] ?? '';
  const answer = await fetch('/api/scores', {
    method: 'POST', body: '{}',
    headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token },
  });
  return (await answer.json()).id;
}"""

# Writes notes as (start, pitch, duration) through the document, as one gesture.
_WRITE = """(rows) => {
  const roll = document.querySelector('antiphon-roll');
  const changes = [];
  let track = roll.view.tracks[0]?.id;
  if (track === undefined) {
    track = 'lead0000';
    const fields = { order: 'a0', name: 'Lead', kind: 'pitched', program: 0, color: 1,
      volume: 100, pan: 64, mute: 0, reverb: 0, chorus: 0 };
    for (const [field, value] of Object.entries(fields)) {
      changes.push({ root: 'tracks', key: `${track}:${field}`, value });
    }
  }
  rows.forEach(([start, pitch, duration], i) => {
    const key = `note${String(i).padStart(6, '0')}`;
    changes.push({ root: 'notes', key, value: [track, pitch, start, duration, 80] });
  });
  roll.document.apply({ label: 'gesture.add', changes });
  roll.editing.track.value = track;
}"""


@dataclass(frozen=True)
class RollPage:
    """One person's editor on a new score."""

    page: Page

    @staticmethod
    def open(page: Page, server: Server, rows: Sequence[tuple[int, int, int]] = ()) -> "RollPage":
        """Make a score with these notes and open it."""
        page.goto(f"{server.url}/scores/")
        score = page.evaluate(_NEW_SCORE)
        page.goto(f"{server.url}/scores/{score}/")
        page.wait_for_selector("antiphon-editor[synced]")
        page.evaluate(_WRITE, [list(row) for row in rows])
        roll = RollPage(page)
        roll.settle()
        return roll

    def settle(self) -> None:
        """Let two frames pass, so that what was asked for is painted."""
        self.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    def rows(self) -> list[list[int]]:
        """Notes of the current track as [start, pitch, duration]."""
        notes: list[list[int]] = self.page.evaluate(
            f"{ROLL}.view.notesOf({ROLL}.editing.track.peek()).notes"
            ".map((note) => [note.start, note.pitch, note.duration])"
        )
        return notes

    def place(self, tick: int, pitch: int) -> tuple[float, float]:
        """Where a place of the music is in the window."""
        point: dict[str, float] = self.page.evaluate(f"{ROLL}.pointAt({tick}, {pitch})")
        return point["x"], point["y"]

    def show(self, pitch: int) -> None:
        """Scroll so that a pitch stands near the middle."""
        self.page.evaluate(f"{ROLL}.editing.top.value = {pitch} + 15")
        self.settle()

    def tool(self, name: str) -> None:
        """Take a tool in the hand, by its button."""
        self.page.evaluate(f"{ROLL}.editing.setTool('{name}')")

    def click(self, tick: int, pitch: int, **options: Any) -> None:
        """Click a place of the music."""
        self.page.mouse.click(*self.place(tick, pitch), **options)
        self.settle()

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press, go there in steps, let go; places are (tick, pitch)."""
        mouse = self.page.mouse
        mouse.move(*self.place(*start))
        mouse.down()
        mouse.move(*self.place(*end), steps=6)
        mouse.up()
        self.settle()

    def state(self, expression: str) -> Any:
        """Read something of the roll: `editing.left.peek()`."""
        return self.page.evaluate(f"{ROLL}.{expression}")
