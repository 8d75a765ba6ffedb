/** The ruler: markers, tempo, meter and key in words above, bars and beats and the loop below. */
import { language, t } from '../../i18n/catalogue';
import { beatTicks } from '../../music/meter-map';
import { tonicName } from '../../music/scale';
import { bpmOf } from '../../music/tempo-map';
import type { TimeSpan } from '../editing';
import { barStep } from './ground';
import type { Context, Scene } from './scene';
import { confine, letter, rounded, widthOf } from './shapes';

const MARKS_LINE = 11.5;
/** Bar numbers stand at least this far apart, in pixels. */
const NUMBER_GAP = 34;

export function paintRuler(g: Context, scene: Scene): void {
  const { geometry, palette } = scene;
  const { ruler } = geometry;
  const { width } = geometry.input;
  g.fillStyle = palette.token('chrome');
  g.fillRect(0, ruler.y, width, ruler.height);
  if (ruler.x >= 58) {
    letter(g, palette, t('roll.barsLabel'), { x: 7, y: ruler.y + ruler.height - 12 }, {
      color: palette.token('text-3'),
      face: '500 10px',
    });
  }
  confine(g, ruler);
  paintRegion(g, scene);
  if (!geometry.input.measures.phone) paintMarks(g, scene);
  paintBars(g, scene);
  paintLoop(g, scene);
  g.restore();
  g.fillStyle = palette.token('line');
  g.fillRect(0, ruler.y + ruler.height - 1, width, 1);
}

/** The time that was marked for a suggestion. */
function paintRegion(g: Context, scene: Scene): void {
  const { geometry, palette, stage } = scene;
  const region = stage.editing.region.peek();
  if (!region) return;
  const x0 = geometry.x(region.start);
  const x1 = geometry.x(region.end);
  g.fillStyle = palette.wash('answer-glow', 0.16);
  g.fillRect(x0, geometry.ruler.y, x1 - x0, geometry.ruler.height - 1);
  g.fillStyle = palette.token('answer');
  g.fillRect(Math.round(x0), geometry.ruler.y, 1.5, geometry.ruler.height);
  g.fillRect(Math.round(x1) - 1, geometry.ruler.y, 1.5, geometry.ruler.height);
}

interface Mark {
  readonly tick: number;
  readonly flag: boolean;
  readonly text: string;
}

/** What changes along the song, in order; the values in force at the left edge come first. */
function marks(scene: Scene): Mark[] {
  const { geometry, stage } = scene;
  const { view } = stage;
  const words: Mark[] = view.tempoEvents.map((event) => ({
    tick: event.tick,
    flag: false,
    text: `${String(Math.round(bpmOf(event.microseconds)))}${event.ramp ? ' →' : ''}`,
  }));
  for (const event of view.meterEvents) {
    const text = `${String(event.numerator)}/${String(event.denominator)}`;
    words.push({ tick: event.tick, flag: false, text });
  }
  for (const event of view.keyEvents) {
    const mode = t(event.mode === 'major' ? 'roll.major' : 'roll.minor');
    words.push({ tick: event.tick, flag: false, text: `${tonicName(event)} ${mode}` });
  }
  const flags = view.markers.map((m): Mark => ({ tick: m.tick, flag: true, text: m.text }));
  const near = [...flags, ...words].filter((mark) => mark.tick <= geometry.right);
  return near.sort((a, b) => a.tick - b.tick || Number(b.flag) - Number(a.flag));
}

function paintMarks(g: Context, scene: Scene): void {
  const { geometry, palette } = scene;
  const { ruler } = geometry;
  const y = ruler.y + MARKS_LINE;
  let free = ruler.x;
  for (const mark of marks(scene)) {
    const x = geometry.x(mark.tick);
    if (x < ruler.x - 1) continue;
    const at = Math.max(x + 1, free);
    if (at - x > 120) continue;
    if (mark.flag) free = paintFlag(g, scene, mark.text, at);
    else {
      letter(g, palette, mark.text, { x: at + 5, y }, {
        color: palette.token('text-3'),
        face: '500 10px',
      });
      free = at + 5 + widthOf(g, palette, mark.text, '500 10px') + 4;
    }
  }
  paintArriving(g, scene, free);
}

function paintFlag(g: Context, scene: Scene, text: string, x: number): number {
  const { palette, geometry } = scene;
  const width = widthOf(g, palette, text, '600 10px') + 12;
  rounded(g, { x, y: geometry.ruler.y + 4, width, height: 14 }, 3);
  g.fillStyle = palette.token('lift');
  g.fill();
  letter(g, palette, text, { x: x + 6, y: geometry.ruler.y + MARKS_LINE }, {
    color: palette.token('text'),
    face: '600 10px',
  });
  return x + width + 3;
}

/** "A and B arriving", at the start of a region that is being answered. */
function paintArriving(g: Context, scene: Scene, free: number): void {
  const { geometry, palette, stage } = scene;
  for (const suggestion of stage.ports.suggestions?.list.peek() ?? []) {
    if (suggestion.hidden || suggestion.status !== 'arriving') continue;
    const letters = suggestion.candidates.filter((c) => !c.done).map((c) => c.letter);
    if (letters.length === 0) continue;
    const start = geometry.x(suggestion.region.start);
    const x = start < geometry.grid.x ? Math.max(free, geometry.grid.x) : start;
    const joined = new Intl.ListFormat(language.peek(), { type: 'conjunction' }).format(letters);
    const y = geometry.ruler.y + MARKS_LINE;
    const text = t('roll.arriving', { letters: joined });
    g.fillStyle = palette.token('chrome');
    g.fillRect(x + 4, y - 7, widthOf(g, palette, text, '500 10px') + 6, 14);
    letter(g, palette, text, { x: x + 7, y }, {
      color: palette.token('answer'),
      face: '500 10px',
    });
  }
}

function paintBars(g: Context, scene: Scene): void {
  const { geometry, palette, stage } = scene;
  const { meter } = stage.view;
  const { ruler } = geometry;
  const phone = geometry.input.measures.phone;
  const top = ruler.y + (phone ? 2 : 20);
  const first = meter.barAt(Math.max(0, geometry.left));
  const barTicks = meter.barStart(first + 1) - meter.barStart(first);
  const step = barStep(geometry, barTicks);
  let numbers = step;
  while (barTicks * numbers * geometry.pixelsPerTick < NUMBER_GAP) numbers *= 2;
  const here = meter.barAt(stage.ports.player?.positionNow() ?? 0);
  for (let bar = first - (first % numbers); ; bar += step) {
    const start = meter.barStart(bar);
    if (start > geometry.right) return;
    const x = Math.round(geometry.x(start));
    g.fillStyle = palette.token('grid-bar');
    g.fillRect(x, top, 1, ruler.height);
    if (bar % numbers === 0) {
      letter(g, palette, String(bar + 1), { x: x + 6, y: top + 9 }, {
        color: palette.token(bar === here ? 'text' : 'text-2'),
        face: '600 11px',
      });
    }
    if (step === 1) paintBeats(g, scene, start, meter.barStart(bar + 1));
  }
}

function paintBeats(g: Context, scene: Scene, start: number, end: number): void {
  const { geometry, palette, stage } = scene;
  const beat = beatTicks(stage.view.meter.meterAt(start));
  if (beat * geometry.pixelsPerTick < 10) return;
  const foot = geometry.ruler.y + geometry.ruler.height;
  g.fillStyle = palette.token('grid-bar');
  for (let tick = start + beat; tick < end; tick += beat) {
    g.fillRect(Math.round(geometry.x(tick)), foot - 14, 1, 4);
  }
}

/** The loop as a strip with a handle at each end; hollow while it is off. */
function paintLoop(g: Context, scene: Scene): void {
  const { geometry, palette, stage } = scene;
  const loop = stage.ports.player?.loop.peek();
  if (!loop || loop.end <= loop.start) return;
  const span: TimeSpan = loop;
  const x0 = geometry.x(span.start);
  const x1 = geometry.x(span.end);
  const foot = geometry.ruler.y + geometry.ruler.height;
  g.fillStyle = loop.on ? palette.token('call-fill') : palette.token('edge');
  rounded(g, { x: x0 + 1, y: foot - 4, width: x1 - x0 - 2, height: 3 }, 1.5);
  if (loop.on) g.fill();
  else {
    g.strokeStyle = palette.token('edge');
    g.lineWidth = 1;
    g.stroke();
  }
  for (const x of [x0 + 1, x1 - 5]) {
    rounded(g, { x, y: foot - 9, width: 4, height: 8 }, 1.5);
    g.fill();
  }
}
