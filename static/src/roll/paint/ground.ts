/** Rows and lines behind the notes. */
import { beatTicks } from '../../music/meter-map';
import type { KeyEvent } from '../../music/notes';
import { isBlackKey, pitchClass } from '../../music/pitch';
import { keyAt, keyClasses, tonicOf } from '../../music/scale';
import { DRUM_GAP, DRUM_ROW, type Geometry } from '../geometry';
import { settingAt } from '../snapping';
import { gridTicks } from '../../music/snap';
import type { Context, Scene } from './scene';

/** Lines closer than this are left out, in pixels. */
const LEAST_GAP = 6;

export function paintGround(g: Context, scene: Scene): void {
  const { geometry, palette } = scene;
  const { grid, drums, lane } = geometry;
  g.fillStyle = palette.token('stage');
  g.fillRect(grid.x, grid.y, grid.width, grid.height);
  paintRows(g, scene);
  if (drums.height > 0) paintDrumRows(g, scene);
  if (lane.height > 0) {
    g.fillStyle = palette.token('stage');
    g.fillRect(lane.x, lane.y, lane.width, lane.height);
  }
  paintLines(g, scene);
}

interface Stretch {
  readonly left: number;
  readonly right: number;
  readonly key: KeyEvent | null;
}

/** The visible time cut where the key changes. */
function stretches(scene: Scene): Stretch[] {
  const { geometry, stage } = scene;
  const events = stage.view.keyEvents;
  const inside = events.filter((e) => e.tick > geometry.left && e.tick < geometry.right);
  const cuts = [geometry.left, ...inside.map((event) => event.tick), geometry.right];
  return cuts.slice(0, -1).map((left, i) => ({
    left,
    right: cuts[i + 1] ?? left,
    key: keyAt(events, left),
  }));
}

function paintRows(g: Context, scene: Scene): void {
  const { geometry, palette } = scene;
  const { grid, rowHeight } = geometry;
  for (const stretch of stretches(scene)) {
    const classes = stretch.key ? keyClasses(stretch.key) : null;
    const tonic = stretch.key ? tonicOf(stretch.key) : -1;
    const x = geometry.x(stretch.left);
    const width = geometry.x(stretch.right) - x;
    for (let pitch = geometry.lowest; pitch <= geometry.highest; pitch += 1) {
      const y = geometry.y(pitch);
      const inScale = classes ? classes.has(pitchClass(pitch)) : !isBlackKey(pitch);
      if (!inScale) {
        g.fillStyle = palette.token('stage-black');
        g.fillRect(x, y, width, rowHeight);
      }
      if (pitchClass(pitch) === tonic) {
        g.fillStyle = palette.wash('call', 0.055);
        g.fillRect(x, y, width, rowHeight);
      }
    }
  }
  if (rowHeight < 5) return;
  for (let pitch = geometry.lowest; pitch <= geometry.highest; pitch += 1) {
    g.fillStyle = palette.token(pitchClass(pitch) === 0 ? 'grid-beat' : 'row');
    g.fillRect(grid.x, Math.round(geometry.y(pitch) + rowHeight) - 1, grid.width, 1);
  }
}

function paintDrumRows(g: Context, scene: Scene): void {
  const { geometry, palette } = scene;
  const { drums, input } = geometry;
  g.fillStyle = palette.token('ground');
  g.fillRect(drums.x, drums.y, drums.width, DRUM_GAP);
  input.drumRows.forEach((pitch, row) => {
    const y = geometry.drumY(pitch);
    if (y === null || y < drums.y || y > drums.y + drums.height) return;
    g.fillStyle = palette.token(row % 2 === 0 ? 'stage' : 'stage-black');
    const height = Math.min(DRUM_ROW, drums.y + drums.height - y);
    g.fillRect(drums.x, Math.max(y, drums.y + DRUM_GAP), drums.width, height);
  });
}

function paintLines(g: Context, scene: Scene): void {
  const { geometry, palette, stage } = scene;
  const { grid, lane } = geometry;
  const { meter } = stage.view;
  const bars: number[] = [];
  const beats: number[] = [];
  const subs: number[] = [];
  const step = barStep(geometry, meter.barStart(1) - meter.barStart(0));
  for (let bar = meter.barAt(Math.max(0, geometry.left)); ; bar += 1) {
    const start = meter.barStart(bar);
    if (start > geometry.right) break;
    if (bar % step === 0) bars.push(start);
    if (step > 1) continue;
    const end = meter.barStart(bar + 1);
    const beat = beatTicks(meter.meterAt(start));
    every(start, end, beat, geometry, beats);
    const setting = settingAt(stage.snapping, start);
    const grain = setting === 'off' ? beat / 4 : gridTicks(setting, meter, start);
    if (grain < beat) every(start, end, grain, geometry, subs);
  }
  const rule = (ticks: readonly number[], y: number, height: number): void => {
    for (const tick of ticks) {
      const x = Math.round(geometry.x(tick));
      if (x >= grid.x) g.fillRect(x, y, 1, height);
    }
  };
  const height = geometry.drums.y + geometry.drums.height - grid.y;
  g.fillStyle = palette.token('grid-sub');
  rule(subs, grid.y, height);
  g.fillStyle = palette.token('grid-beat');
  rule(beats, grid.y, height);
  g.fillStyle = palette.token('grid-bar');
  rule(bars, grid.y, height);
  if (lane.height === 0) return;
  g.fillStyle = palette.token('grid-sub');
  rule(beats, lane.y, lane.height);
  g.fillStyle = palette.token('grid-beat');
  rule(bars, lane.y, lane.height);
}

/** Every how many bars a line is drawn at this zoom: 1, 2, 4, 8 … */
export function barStep(geometry: Geometry, barTicks: number): number {
  const width = barTicks * geometry.pixelsPerTick;
  let step = 1;
  while (width * step < LEAST_GAP * 2 && step < 4096) step *= 2;
  return step;
}

/** Collects the inner lines of a bar, unless they stand too close. */
function every(
  start: number,
  end: number,
  gap: number,
  geometry: Geometry,
  into: number[],
): void {
  if (gap * geometry.pixelsPerTick < LEAST_GAP) return;
  for (let tick = start + gap; tick < end; tick += gap) {
    if (tick >= geometry.left && tick <= geometry.right) into.push(tick);
  }
}
