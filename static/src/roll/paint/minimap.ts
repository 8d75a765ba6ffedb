/** The whole score in a strip; the box is what the grid shows, the dots are people. */
import { t } from '../../i18n/catalogue';
import { Density } from '../density';
import type { Stage } from '../stage';
import { pixelOf, PixelSheet } from './pixel-sheet';
import type { Context, Scene } from './scene';
import { letter, rounded, widthOf } from './shapes';

const RIGHT_AIR = 10;

const sheet = new PixelSheet();

export interface MinimapScale {
  readonly x: number;
  readonly pixelsPerTick: number;
  /** Ticks from end to end. */
  readonly length: number;
}

/** The time shown: the song, and four bars to grow into. */
export function minimapScale(stage: Stage, width: number, x: number): MinimapScale {
  const { meter } = stage.view;
  const bars = Math.max(8, meter.barAt(Math.max(0, stage.view.end - 1)) + 1);
  const length = Math.max(meter.barStart(bars), 1);
  return { x, length, pixelsPerTick: Math.max(1, width - RIGHT_AIR) / length };
}

/** Paints the notes; kept as a picture until a note changes. */
export function paintMinimapNotes(g: Context, scene: Scene): void {
  const { geometry, palette, stage } = scene;
  const height = geometry.input.measures.minimap;
  g.fillStyle = palette.token('chrome');
  g.fillRect(0, 0, geometry.input.width, height);
  const scale = minimapScale(stage, geometry.grid.width, geometry.grid.x);
  const rows = pitchRows(stage, scale, height);
  const bucket = Density.bucketFor(scale.pixelsPerTick);
  const strip = { x: scale.x, y: 0, width: geometry.grid.width, height };
  if (sheet.begin(g, strip)) {
    for (const track of [...stage.shownTracks].reverse()) {
      const color = pixelOf(palette.slot(track.color), track.mute ? 0.35 : 0.9);
      const notes = stage.view.notesOf(track.id);
      const span = { left: 0, right: scale.length };
      stage.density.eachRun(track.id, notes, bucket, span, (pitch, start, end) => {
        const x = scale.x + start * scale.pixelsPerTick;
        const width = Math.max(1.5, (end - start) * scale.pixelsPerTick - 0.4);
        sheet.fill(x, rows(pitch), width, 1.6, color);
      });
    }
    sheet.show(g);
  }
  const bars = stage.view.meter.barAt(Math.max(0, stage.view.end - 1)) + 1;
  const words = stage.view.end === 0 ? '' : t('roll.bars', { n: bars });
  if (widthOf(g, palette, words, '500 10px') <= geometry.grid.x - 12) {
    letter(g, palette, words, { x: 8, y: height / 2 }, {
      color: palette.token('text-3'),
      face: '500 10px',
    });
  }
  g.fillStyle = palette.token('line');
  g.fillRect(0, height - 1, geometry.input.width, 1);
}

/** The pitches that are used, over the whole height. */
function pitchRows(stage: Stage, scale: MinimapScale, height: number): (pitch: number) => number {
  let low = 127;
  let high = 0;
  const bucket = Density.bucketFor(scale.pixelsPerTick);
  const span = { left: 0, right: scale.length };
  for (const track of stage.shownTracks) {
    const notes = stage.view.notesOf(track.id);
    stage.density.eachRun(track.id, notes, bucket, span, (pitch) => {
      low = Math.min(low, pitch);
      high = Math.max(high, pitch);
    });
  }
  const reach = Math.max(12, high - low);
  return (pitch) => 6 + ((high - pitch) / reach) * (height - 14);
}

/** The box of what the grid shows, in the strip. */
export function minimapBox(scene: Scene): { readonly x0: number; readonly x1: number } {
  const { geometry, stage } = scene;
  const scale = minimapScale(stage, geometry.grid.width, geometry.grid.x);
  const limit = scale.x + scale.length * scale.pixelsPerTick;
  const x0 = scale.x + geometry.left * scale.pixelsPerTick;
  const x1 = scale.x + geometry.right * scale.pixelsPerTick;
  return { x0: Math.min(x0, limit - 6), x1: Math.min(Math.max(x1, x0 + 6), limit + RIGHT_AIR - 2) };
}

export function paintMinimapBox(g: Context, scene: Scene): void {
  const { geometry, palette, stage } = scene;
  const height = geometry.input.measures.minimap;
  const { x0, x1 } = minimapBox(scene);
  rounded(g, { x: x0, y: 2.5, width: x1 - x0, height: height - 6 }, 5);
  g.fillStyle = palette.wash('text', 0.06);
  g.fill();
  g.strokeStyle = palette.wash('text', 0.5);
  g.lineWidth = 1;
  g.stroke();
  const scale = minimapScale(stage, geometry.grid.width, geometry.grid.x);
  for (const peer of stage.ports.presence?.peers.peek() ?? []) {
    if (!peer.cursor) continue;
    const x = scale.x + Math.min(peer.cursor[0], scale.length) * scale.pixelsPerTick;
    g.beginPath();
    g.arc(x, height - 4.5, 2.6, 0, Math.PI * 2);
    g.fillStyle = palette.slot(peer.user.color);
    g.fill();
    g.strokeStyle = palette.token('chrome');
    g.stroke();
  }
}
