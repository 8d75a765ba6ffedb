"""What a person does in the editor, said in the words of a test.

Everything goes through what is on the screen: buttons by their names, keys, the mouse on the roll,
a file dropped on the page. State is read from the attributes that the page mirrors for assistive
tools.
"""

import base64
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

EDITOR = "antiphon-editor"

DROP = """([name, data]) => {
  const bytes = Uint8Array.from(atob(data), (each) => each.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name, { type: 'audio/midi' }));
  for (const kind of ['dragenter', 'dragover', 'drop']) {
    document.body.dispatchEvent(
      new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }),
    );
  }
}"""

POINT = """(roll, [tick, pitch]) => {
  const { x, y } = roll.pointAt(tick, pitch);
  return [x, y];
}"""


class Musician:
    """One person with one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def editor(self) -> Locator:
        return self.page.locator(EDITOR)

    @property
    def roll(self) -> Locator:
        return self.page.locator("antiphon-roll")

    def opens(self, address: str) -> None:
        """Go to an editor page and wait until its score is there."""
        self.page.goto(address)
        self.sees_score()

    def sees_score(self) -> None:
        expect(self.editor).to_have_attribute("synced", "", timeout=20_000)

    def drops(self, file: Path) -> None:
        """Drop a file on the page, as from the desktop."""
        data = base64.b64encode(file.read_bytes()).decode()
        self.page.evaluate(DROP, [file.name, data])

    def has_notes(self, count: int, timeout: float = 15_000) -> None:
        expect(self.editor).to_have_attribute("notes", str(count), timeout=timeout)

    @property
    def notes(self) -> int:
        return int(self.editor.get_attribute("notes") or 0)

    def is_saved(self) -> None:
        expect(self.editor).to_have_attribute("saved", "saved", timeout=20_000)

    def presses(self, keys: str) -> None:
        self.page.keyboard.press(keys)

    def draws(self, tick: int, pitch: int) -> None:
        """Write one note with the pencil."""
        self.presses("2")
        self.clicks(tick, pitch)

    def clicks(self, tick: int, pitch: int) -> None:
        x, y = self.point(tick, pitch)
        self.page.mouse.click(x, y)

    def point(self, tick: int, pitch: int) -> tuple[float, float]:
        """Where a place of the music is on the screen."""
        x, y = self.roll.evaluate(POINT, [tick, pitch])
        return x, y

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name)

    def card(self, letter: str) -> Locator:
        return self.page.locator(f'antiphon-card[data-candidate="{letter}"]').first
