"""What the roll costs the main thread: scrolling, the whole song, rest, dragging many notes."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from editor.benches.browser import ThreadClock, open_page, running_site

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAME: Final = "roll"
HELP: Final = "main-thread CPU per frame: scroll, whole song, idle, drag of 1,000 notes"

SIZES: Final = {"1k": 1_000, "10k": 10_000, "100k": 100_000}
FRAMES: Final = 90
WARM: Final = 15
DRAGGED: Final = 1_000
ROLL: Final = "document.querySelector('antiphon-roll')"

Report = Callable[[str], None]

NEW_SCORE: Final = """async () => {
  await fetch('/api/me');
  const token = /antiphon_csrf=([^;]+)/.exec(document.cookie)?.[1] ?? '';
  const answer = await fetch('/api/scores', {
    method: 'POST', body: '{}',
    headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token },
  });
  return (await answer.json()).id;
}"""

# Four voices in steady sixteenths, as dense as orchestral MIDI files are.
FILL: Final = """([count]) => {
  const score = document.querySelector('antiphon-roll').document;
  let seed = 7;
  const random = (below) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return seed % below;
  };
  const changes = [];
  for (let voice = 0; voice < 4; voice += 1) {
    const fields = { order: `a${voice}`, name: `Voice ${voice + 1}`, kind: 'pitched', program: 0,
      color: voice + 1, volume: 100, pan: 64, mute: 0, reverb: 0, chorus: 0 };
    for (const [field, value] of Object.entries(fields)) {
      changes.push({ root: 'tracks', key: `voice00${voice}:${field}`, value });
    }
  }
  for (let i = 0; i < count; i += 1) {
    const voice = i % 4;
    const start = Math.floor(i / 4) * 120;
    changes.push({ root: 'notes', key: `n${String(i).padStart(9, '0')}`,
      value: [`voice00${voice}`, 40 + voice * 10 + random(16), start, 60 + random(180),
        40 + random(80)] });
  }
  score.apply({ label: 'gesture.add', changes });
}"""

FRAME_LOOP: Final = """async ([frames, body]) => {
  const roll = document.querySelector('antiphon-roll');
  const stack = roll.shadowRoot.querySelector('.stack');
  const step = new globalThis.rollSteps[body](roll, stack);
  for (let frame = 0; frame < frames; frame += 1) {
    step.next(frame);
    await new Promise((done) => requestAnimationFrame(done));
  }
}"""

# One class for each thing that a hand does, frame by frame, through the events of a real hand.
STEPS: Final = """() => {
  const at = (stack, x, y) => {
    const box = stack.getBoundingClientRect();
    return { clientX: box.left + x, clientY: box.top + y, bubbles: true, composed: true,
      cancelable: true, pointerId: 1, pointerType: 'mouse', button: 0 };
  };
  class Scroll {
    constructor(roll, stack) { this.stack = stack; }
    next(frame) {  // there and back, so that a short score does not come to its end
      const deltaX = frame % 50 < 25 ? 48 : -48;
      const wheel = { ...at(this.stack, 400, 300), deltaX };
      this.stack.dispatchEvent(new WheelEvent('wheel', wheel));
    }
  }
  class Whole {
    constructor(roll, stack) { this.stack = stack; roll.actions.zoomToFit(); }
    next(frame) {
      const deltaY = frame % 2 === 0 ? 4 : -4;
      const wheel = { ...at(this.stack, 400, 300), deltaY, ctrlKey: true };
      this.stack.dispatchEvent(new WheelEvent('wheel', wheel));
    }
  }
  class Move {
    constructor(roll, stack) {
      this.stack = stack;
      const box = stack.getBoundingClientRect();
      const note = roll.view.note('n000000400');
      const { x, y } = roll.pointAt(note.start + note.duration / 2, note.pitch);
      this.x = x - box.left;
      this.y = y - box.top;
      stack.setPointerCapture = () => undefined;
      stack.dispatchEvent(new PointerEvent('pointerdown', at(stack, this.x, this.y)));
    }
    next(frame) {
      const place = at(this.stack, this.x + 20 + (frame % 60), this.y + (frame % 40));
      this.stack.dispatchEvent(new PointerEvent('pointermove', place));
    }
  }
  globalThis.rollSteps = { Scroll, Whole, Move };
}"""


def run(report: Report) -> dict[str, object]:
    """Measure on pages of this bench's own server; figures are CPU ms of the main thread."""
    scroll: dict[str, float] = {}
    figures: dict[str, object] = {"scroll_ms": scroll}
    with running_site() as address, open_page() as page:
        for name, notes in SIZES.items():
            _open(page, address, notes)
            clock = ThreadClock(page)
            scroll[name] = _per_frame(page, clock, "Scroll")
            report(f"{name:>5} notes: scroll {scroll[name]:.2f} ms a frame")
        figures["whole_song_ms"] = _per_frame(page, clock, "Whole")
        figures["idle_paints"] = _idle_paints(page)
        figures["drag_1000_ms"] = _drag(page, clock)
        follow = _follow(page, clock)
        if follow is None:
            report("playback with follow: left out, this machine gives the page no sound")
        else:
            figures["follow_100k_ms"] = follow
            report(f"playback with follow {follow:.2f} ms")
    figures["scroll_100k_over_1k"] = scroll["100k"] / scroll["1k"]
    report(f"whole song {figures['whole_song_ms']:.2f} ms, drag {figures['drag_1000_ms']:.2f} ms")
    return figures


def _open(page: "Page", address: str, notes: int) -> None:
    page.goto(f"{address}/scores/")
    score = page.evaluate(NEW_SCORE)
    page.goto(f"{address}/scores/{score}/")
    page.wait_for_selector("antiphon-editor[synced]")
    page.evaluate(FILL, [notes])
    page.wait_for_selector("antiphon-editor[saved=saved]", timeout=60_000)
    page.evaluate(STEPS)
    page.wait_for_timeout(1_500)  # the minimap and the sound's own copy of the song settle


def _per_frame(page: "Page", clock: ThreadClock, step: str) -> float:
    page.evaluate(FRAME_LOOP, [WARM, step])
    layer = "overlay" if step == "Move" else "notes"
    painted, before = int(page.evaluate(f"{ROLL}.paints.{layer}")), clock.now()
    page.evaluate(FRAME_LOOP, [FRAMES, step])
    spent = clock.now() - before
    painted = int(page.evaluate(f"{ROLL}.paints.{layer}")) - painted
    if painted < FRAMES * 0.9:
        raise RuntimeError(f"{step}: only {painted} of {FRAMES} frames were painted")
    return spent / FRAMES


def _idle_paints(page: "Page") -> int:
    """How often any canvas was painted in a second in which nobody did anything."""
    count = f"Object.values({ROLL}.paints).reduce((sum, paints) => sum + paints, 0)"
    page.wait_for_timeout(500)
    before = int(page.evaluate(count))
    page.wait_for_timeout(1_000)
    return int(page.evaluate(count)) - before


def _drag(page: "Page", clock: ThreadClock) -> float:
    """A pointer's move with 1,000 of 100,000 notes in the hand; nothing is written."""
    page.evaluate(
        f"""([count]) => {{
          const roll = {ROLL};
          const ids = [];
          for (let i = 0; i < count; i += 1) ids.push(`n${{String(i).padStart(9, '0')}}`);
          roll.editing.select(ids);
          roll.editing.zoom.value = 25;
          roll.editing.left.value = 9600;
          roll.editing.rowHeight.value = 10;
          roll.editing.top.value = 100;
        }}""",
        [DRAGGED],
    )
    page.wait_for_timeout(300)
    notes = page.get_attribute("antiphon-editor", "notes")
    cost = _per_frame(page, clock, "Move")
    page.keyboard.press("Escape")
    assert page.get_attribute("antiphon-editor", "notes") == notes
    return cost


def _follow(page: "Page", clock: ThreadClock) -> float | None:
    """A frame while 100,000 notes play and the view goes along; None without sound."""
    from playwright.sync_api import TimeoutError as TooLate

    page.evaluate(f"{ROLL}.editing.select([]); {ROLL}.focus()")
    page.keyboard.press("Space")
    try:
        page.wait_for_selector("antiphon-editor[playing]", timeout=20_000)
    except TooLate:
        return None
    page.wait_for_timeout(2_000)
    frames, before = int(page.evaluate(f"{ROLL}.paints.heard")), clock.now()
    page.wait_for_timeout(3_000)
    spent = clock.now() - before
    frames = int(page.evaluate(f"{ROLL}.paints.heard")) - frames
    page.keyboard.press("Space")
    return spent / frames if frames else None
