/** The keys column: ivory, C names, what sounds in its track's colour; and the names of drums. */
import { phrase, t } from '../../i18n/catalogue';
import { isBlackKey, pitchClass, pitchName } from '../../music/pitch';
import { drumName } from '../drum-rows';
import { DRUM_GAP, DRUM_ROW } from '../geometry';
import type { Context, Scene } from './scene';
import { addRounded, confine, letter, widthOf } from './shapes';

/** A column at least this wide has room for whole words. */
const WIDE = 58;
/** Text stays easy to read when it is condensed to this share of its width. */
const CONDENSED = 0.9;

/** Colour of each key that sounds. */
export type SoundingKeys = ReadonlyMap<number, string>;

export function paintKeys(g: Context, scene: Scene): void {
  const { geometry, palette } = scene;
  const width = geometry.grid.x;
  g.fillStyle = palette.token('chrome');
  g.fillRect(0, 0, width, geometry.input.height);
  confine(g, { x: 0, y: geometry.grid.y, width, height: geometry.grid.height });
  paintIvory(g, scene, soundingKeys(scene));
  g.restore();
  paintDrumNames(g, scene);
  paintLaneName(g, scene);
  g.fillStyle = palette.token('line');
  g.fillRect(width - 1, geometry.grid.y, 1, geometry.input.height);
}

/** What the player sounds and what is held on the column. */
function soundingKeys(scene: Scene): SoundingKeys {
  const { palette, stage } = scene;
  const lit = new Map<number, string>();
  const sounding = stage.ports.player?.sounding.peek();
  if (sounding) {
    for (const [track, pitches] of sounding) {
      const found = stage.view.track(track);
      if (!found || found.kind === 'drums') continue;
      for (const pitch of pitches) lit.set(pitch, palette.slot(found.color));
    }
  }
  const current = stage.currentTrack;
  for (const pitch of stage.pressed.peek()) lit.set(pitch, palette.slot(current?.color ?? 1));
  return lit;
}

function paintIvory(g: Context, scene: Scene, lit: SoundingKeys): void {
  const { geometry, palette, stage } = scene;
  const { grid, rowHeight: row, lowest, highest } = geometry;
  const width = grid.x;
  const upper = geometry.y(highest);
  g.fillStyle = palette.token('key-white');
  g.fillRect(0, upper, width, geometry.y(lowest) + row - upper);
  for (const [pitch, color] of lit) {
    if (isBlackKey(pitch)) continue;
    g.fillStyle = color;
    g.fillRect(width * 0.6 + 1, geometry.y(pitch) - 1, width, row + 2);
  }
  paintJoints(g, scene);
  const hovered = stage.hover.peek()?.pitch ?? null;
  for (let pitch = lowest; pitch <= highest; pitch += 1) {
    const y = geometry.y(pitch);
    if (isBlackKey(pitch)) {
      g.fillStyle = lit.get(pitch) ?? palette.token('key-black');
      g.beginPath();
      addRounded(g, { x: -3, y: y + 0.5, width: width * 0.6 + 3, height: row - 1 }, 2);
      g.fill();
    }
    if (pitch === hovered) {
      g.fillStyle = palette.wash('call', 0.3);
      g.fillRect(0, y, width - 1, row);
    }
    if (pitchClass(pitch) === 0 && row >= 7 && y >= geometry.grid.y - 1) {
      const at = { x: width - 5, y: y + row / 2 + 0.5 };
      const color = lit.has(pitch) ? palette.token('ground') : palette.token('key-ink');
      letter(g, palette, pitchName(pitch), at, { color, face: '600 9.5px', align: 'right' });
    }
  }
}

/** The lines between white keys: firm below C and F, faint through the middle of black ones. */
function paintJoints(g: Context, scene: Scene): void {
  const { geometry, palette } = scene;
  const { grid, rowHeight: row, lowest, highest } = geometry;
  for (let pitch = lowest; pitch <= highest; pitch += 1) {
    const name = pitchClass(pitch);
    const firm = name === 0 || name === 5;
    if (!firm && ![2, 4, 7, 9, 11].includes(name)) continue;
    g.fillStyle = palette.wash('key-ink', firm ? 0.38 : 0.22);
    const y = geometry.y(pitch) + (firm ? row : row * 1.5);
    g.fillRect(0, Math.round(y), grid.x, 1);
  }
}

function paintDrumNames(g: Context, scene: Scene): void {
  const { geometry, palette, stage } = scene;
  const { drums, input } = geometry;
  if (drums.height === 0) return;
  g.fillStyle = palette.token('ground');
  g.fillRect(0, drums.y, drums.x, DRUM_GAP);
  confine(g, { x: 0, y: drums.y + DRUM_GAP, width: drums.x, height: drums.height - DRUM_GAP });
  const narrow = drums.x < WIDE;
  const face = narrow ? '500 9px' : '500 10px';
  const edge = narrow ? 4 : 8;
  const most = drums.x - edge - 3;
  for (const pitch of input.drumRows) {
    const y = geometry.drumY(pitch);
    if (y === null || y + DRUM_ROW < drums.y || y > drums.y + drums.height) continue;
    const held = stage.pressed.peek().has(pitch) && stage.currentTrack?.kind === 'drums';
    const name = fittingLabel(pitch, most, (text) => widthOf(g, palette, text, face));
    letter(g, palette, name, { x: drums.x - edge, y: y + DRUM_ROW / 2 + 0.5 }, {
      color: palette.token(held ? 'call' : 'text-2'), face, align: 'right', most,
    });
  }
  g.restore();
}

export function drumLabel(pitch: number): string {
  const name = drumName(pitch);
  return name === null ? String(pitch) : t(`roll.drum.${name}`);
}

/** The whole name where it has room, else its short form; the status line says it in full. */
export function fittingLabel(
  pitch: number,
  room: number,
  width: (text: string) => number,
): string {
  const whole = drumLabel(pitch);
  const name = drumName(pitch);
  if (name === null || width(whole) * CONDENSED <= room) return whole;
  return phrase(`roll.drumShort.${name}`, {}, whole);
}

function paintLaneName(g: Context, scene: Scene): void {
  const { geometry, palette } = scene;
  const { lane } = geometry;
  if (lane.height === 0) return;
  g.fillStyle = palette.token('line');
  g.fillRect(0, lane.y, lane.x, 1);
  const narrow = lane.x < WIDE;
  letter(g, palette, t(narrow ? 'roll.velocityShort' : 'roll.velocity'), {
    x: narrow ? 8 : 7,
    y: lane.y + 13,
  }, { color: palette.token('text'), face: '600 10px' });
}
