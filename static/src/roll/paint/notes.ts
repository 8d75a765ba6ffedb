/** Written notes: one path per track and loudness, so that ten thousand stay cheap. */
import type { Note, Track } from '../../music/notes';
import type { Box } from '../geometry';
import { FILL_STEPS, fillStep } from '../palette';
import { countBetween, eachBetween } from '../visible';
import { paintFarNotes } from './far-notes';
import { drumBox, hitWidth, NOTE_RADIUS, pitchedBox } from './note-box';
import type { Context, Scene } from './scene';
import { addRounded, confine, hatch } from './shapes';

/** More visible notes than this are shown as runs. */
const RUNS_FROM = 6000;
/** Below this width in pixels a note has no room for corners and an attack edge. */
const PLAIN_BELOW = 5;
const ATTACK = 2.5;
/** Strength of the tracks that are not the current one. */
const OTHER = 0.7;

export function paintNotes(g: Context, scene: Scene): void {
  const { geometry, stage } = scene;
  const tracks = [...stage.shownTracks].reverse();
  const current = stage.editing.track.peek();
  tracks.sort((a, b) => Number(a.id === current) - Number(b.id === current));
  const left = geometry.left;
  const right = geometry.right;
  let count = 0;
  for (const track of tracks) count += countBetween(stage.view.notesOf(track.id), left, right);
  if (count > RUNS_FROM) {
    paintFarNotes(g, scene, tracks);
    return;
  }
  confine(g, geometry.grid);
  for (const track of tracks) if (track.kind !== 'drums') paintTrack(g, scene, track);
  g.restore();
  if (geometry.drums.height === 0) return;
  confine(g, geometry.drums);
  for (const track of tracks) if (track.kind === 'drums') paintHits(g, scene, track);
  g.restore();
}

/** 1 for the current track, less for the others. */
export function strengthOf(scene: Scene, track: Track): number {
  return track.id === scene.stage.editing.track.peek() ? 1 : OTHER;
}

/** Muted, or left out because others are soloed. */
export function isSilent(scene: Scene, track: Track): boolean {
  const solo = scene.stage.editing.soloTracks.peek();
  return track.mute || (solo.size > 0 && !solo.has(track.id));
}

function paintTrack(g: Context, scene: Scene, track: Track): void {
  const { geometry, palette, stage } = scene;
  const { view } = stage;
  const hidden = stage.hiddenIds;
  const silent = isSilent(scene, track);
  const sounding: Box[][] = Array.from({ length: FILL_STEPS }, () => []);
  const muted: Box[] = [];
  const away: Box[] = [];
  const { lowest, highest } = geometry;
  eachBetween(view.notesOf(track.id), geometry.left, geometry.right, (note) => {
    if (note.pitch < lowest || note.pitch > highest) return;
    const box = pitchedBox(geometry, note);
    if (hidden.has(note.id)) away.push(box);
    else if (silent || view.isMuted(note.id)) muted.push(box);
    else sounding[fillStep(note.velocity)]?.push(box);
  });
  const strength = strengthOf(scene, track);
  const color = track.color;
  sounding.forEach((boxes, step) => {
    if (boxes.length > 0) fillAll(g, boxes, palette.fill(color, step, strength));
  });
  paintEdges(g, scene, sounding, strength < 1 ? palette.tint(color, 0.85) : palette.slot(color));
  paintMuted(g, scene, muted, color);
  for (const box of away) outline(g, box, palette.slotWash(color, 0.55), [2, 2]);
}

/** More boxes than this lose their round corners for cut ones: rectangles cost half. */
export const ROUND_UP_TO = 120;

/** Fills boxes in one colour. */
export function fillAll(g: Context, boxes: readonly Box[], color: string): void {
  g.fillStyle = color;
  if (boxes.length > ROUND_UP_TO) {
    for (const box of boxes) fillCut(g, box);
    return;
  }
  g.beginPath();
  for (const box of boxes) {
    if (box.width < PLAIN_BELOW) g.rect(box.x, box.y, box.width, box.height);
    else addRounded(g, box, NOTE_RADIUS);
  }
  g.fill();
}

/** A box whose corners are cut by a pixel. */
function fillCut(g: Context, { x, y, width, height }: Box): void {
  if (width < PLAIN_BELOW) {
    g.fillRect(x, y, width, height);
    return;
  }
  g.fillRect(x + 1, y, width - 2, height);
  g.fillRect(x, y + 1, width, height - 2);
}

function paintEdges(
  g: Context,
  scene: Scene,
  sounding: readonly (readonly Box[])[],
  color: string,
): void {
  const count = sounding.reduce((sum, boxes) => sum + boxes.length, 0);
  const round = count <= ROUND_UP_TO;
  g.fillStyle = color;
  g.beginPath();
  for (const boxes of sounding) {
    for (const box of boxes) {
      const width = box.width < PLAIN_BELOW ? Math.min(1, box.width) : ATTACK;
      if (!round) g.fillRect(box.x, box.y + 1, width, box.height - 2);
      else if (box.width < PLAIN_BELOW) g.rect(box.x, box.y, width, box.height);
      else attack(g, box);
    }
  }
  if (round) g.fill();
  if (!scene.palette.paper) return;
  g.strokeStyle = color;
  g.lineWidth = 1;
  g.beginPath();
  for (const boxes of sounding) {
    for (const box of boxes) {
      if (box.width < PLAIN_BELOW) continue;
      if (round) addInner(g, box);
      else g.rect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1);
    }
  }
  g.stroke();
}

function attack(g: Context, box: Box): void {
  g.roundRect(box.x, box.y, ATTACK, box.height, [NOTE_RADIUS, 0, 0, NOTE_RADIUS]);
}

function addInner(g: Context, box: Box): void {
  const inner = { x: box.x + 0.5, y: box.y + 0.5, width: box.width - 1, height: box.height - 1 };
  addRounded(g, inner, NOTE_RADIUS - 0.5);
}

/** A single sounding note, as a gesture shows it. */
export function paintNote(g: Context, scene: Scene, box: Box, note: Note, full = false): void {
  const { palette, stage } = scene;
  const color = stage.view.track(note.track)?.color ?? 11;
  const fill = full ? palette.slot(color) : palette.fill(color, fillStep(note.velocity), 1);
  fillAll(g, [box], fill);
  g.fillStyle = palette.slot(color);
  g.beginPath();
  if (box.width >= PLAIN_BELOW) attack(g, box);
  g.fill();
}

/** Muted: no fill, a thin edge, hatching. */
export function paintMuted(
  g: Context,
  scene: Scene,
  boxes: readonly Box[],
  color: number,
): void {
  if (boxes.length === 0) return;
  const { palette } = scene;
  g.strokeStyle = palette.slotWash(color, 0.5);
  g.lineWidth = 1;
  g.beginPath();
  for (const box of boxes) addInner(g, box);
  g.stroke();
  const inner = boxes.filter((box) => box.width > 3)
    .map((box) => ({ ...box, x: box.x + 1, width: box.width - 2 }));
  hatch(g, inner, palette.slotWash(color, 0.3));
}

export function outline(g: Context, box: Box, color: string, dash: readonly number[]): void {
  g.strokeStyle = color;
  g.lineWidth = 1;
  g.setLineDash([...dash]);
  g.beginPath();
  addInner(g, box);
  g.stroke();
  g.setLineDash([]);
}

function paintHits(g: Context, scene: Scene, track: Track): void {
  const { geometry, palette, stage } = scene;
  const strength = strengthOf(scene, track) < 1 ? 0.85 : 1;
  const boxes: Box[][] = Array.from({ length: FILL_STEPS }, () => []);
  const silent = isSilent(scene, track);
  const muted: Box[] = [];
  const hidden = stage.hiddenIds;
  const from = geometry.left - hitWidth(geometry) / geometry.pixelsPerTick;
  eachBetween(stage.view.notesOf(track.id), from, geometry.right, (note) => {
    const box = drumBox(geometry, note);
    if (!box) return;
    if (hidden.has(note.id)) outline(g, box, palette.slotWash(track.color, 0.55), [2, 2]);
    else if (silent || stage.view.isMuted(note.id)) muted.push(box);
    else boxes[fillStep(note.velocity)]?.push(box);
  });
  paintMuted(g, scene, muted, track.color);
  boxes.forEach((list, step) => {
    if (list.length > 0) fillAll(g, list, hitColor(scene, track, step, strength));
  });
}

/** Velocity of a hit is its opacity. */
function hitColor(scene: Scene, track: Track, step: number, strength: number): string {
  return scene.palette.tint(track.color, (0.3 + 0.7 * ((step + 1) / FILL_STEPS)) * strength);
}
