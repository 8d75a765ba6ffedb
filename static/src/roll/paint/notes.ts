/** Written notes: one path per track and loudness, so that ten thousand stay cheap. */
import type { Note, Track } from '../../music/notes';
import { Density } from '../density';
import { DRUM_ROW, type Box, type Geometry } from '../geometry';
import { FILL_STEPS, fillStep } from '../palette';
import { countBetween, eachBetween } from '../visible';
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
  const far = count > RUNS_FROM;
  confine(g, geometry.grid);
  for (const track of tracks) {
    if (track.kind === 'drums') continue;
    if (far) paintRuns(g, scene, track);
    else paintTrack(g, scene, track);
  }
  g.restore();
  if (geometry.drums.height === 0) return;
  confine(g, geometry.drums);
  for (const track of tracks) {
    if (track.kind !== 'drums') continue;
    if (far) paintRuns(g, scene, track);
    else paintHits(g, scene, track);
  }
  g.restore();
}

function strengthOf(scene: Scene, track: Track): number {
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
  for (const box of muted) paintMuted(g, scene, box, color);
  for (const box of away) outline(g, box, palette.slotWash(color, 0.55), [2, 2]);
}

/** Fills boxes with one path. */
export function fillAll(g: Context, boxes: readonly Box[], color: string): void {
  g.fillStyle = color;
  g.beginPath();
  for (const box of boxes) {
    if (box.width < PLAIN_BELOW) g.rect(box.x, box.y, box.width, box.height);
    else addRounded(g, box, NOTE_RADIUS);
  }
  g.fill();
}

function paintEdges(
  g: Context,
  scene: Scene,
  sounding: readonly (readonly Box[])[],
  color: string,
): void {
  g.fillStyle = color;
  g.beginPath();
  for (const boxes of sounding) {
    for (const box of boxes) {
      if (box.width < PLAIN_BELOW) g.rect(box.x, box.y, Math.min(1, box.width), box.height);
      else attack(g, box);
    }
  }
  g.fill();
  if (!scene.palette.paper) return;
  g.strokeStyle = color;
  g.lineWidth = 1;
  g.beginPath();
  for (const boxes of sounding) {
    for (const box of boxes) if (box.width >= PLAIN_BELOW) addInner(g, box);
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

export function paintMuted(g: Context, scene: Scene, box: Box, color: number): void {
  outline(g, box, scene.palette.slotWash(color, 0.5), []);
  if (box.width > 3) {
    const inner = { ...box, x: box.x + 1, width: box.width - 2 };
    hatch(g, inner, scene.palette.slotWash(color, 0.3));
  }
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

function paintRuns(g: Context, scene: Scene, track: Track): void {
  const { geometry, palette, stage } = scene;
  const { left, right } = geometry;
  const bucket = Density.bucketFor(geometry.pixelsPerTick);
  const drums = track.kind === 'drums';
  const height = drums ? DRUM_ROW - 5 : Math.max(1, geometry.rowHeight - 1);
  const rows = rowsOf(geometry, drums);
  g.fillStyle = isSilent(scene, track)
    ? palette.slotWash(track.color, 0.25)
    : palette.fill(track.color, FILL_STEPS - 4, strengthOf(scene, track));
  g.beginPath();
  const notes = stage.view.notesOf(track.id);
  stage.density.eachRun(track.id, notes, bucket, { left, right }, (pitch, start, end) => {
    const y = rows[pitch];
    if (y === undefined || y < 0 || end <= left || start >= right) return;
    const x = geometry.x(start);
    g.rect(x, y, Math.max(1, geometry.x(end) - x - 0.3), height);
  });
  g.fill();
}

/** Upper edge of each pitch's row, −1 where it is out of sight. */
function rowsOf(geometry: Geometry, drums: boolean): Float64Array {
  const rows = new Float64Array(128).fill(-1);
  if (drums) {
    for (const pitch of geometry.input.drumRows) rows[pitch] = (geometry.drumY(pitch) ?? 0) + 2.5;
    return rows;
  }
  for (let p = geometry.lowest; p <= geometry.highest; p += 1) rows[p] = Math.round(geometry.y(p));
  return rows;
}

function paintHits(g: Context, scene: Scene, track: Track): void {
  const { geometry, palette, stage } = scene;
  const strength = strengthOf(scene, track) < 1 ? 0.85 : 1;
  const boxes: Box[][] = Array.from({ length: FILL_STEPS }, () => []);
  const silent = isSilent(scene, track);
  const hidden = stage.hiddenIds;
  const from = geometry.left - hitWidth(geometry) / geometry.pixelsPerTick;
  eachBetween(stage.view.notesOf(track.id), from, geometry.right, (note) => {
    const box = drumBox(geometry, note);
    if (!box) return;
    if (hidden.has(note.id)) outline(g, box, palette.slotWash(track.color, 0.55), [2, 2]);
    else if (silent || stage.view.isMuted(note.id)) paintMuted(g, scene, box, track.color);
    else boxes[fillStep(note.velocity)]?.push(box);
  });
  boxes.forEach((list, step) => {
    if (list.length > 0) fillAll(g, list, hitColor(scene, track, step, strength));
  });
}

/** Velocity of a hit is its opacity. */
function hitColor(scene: Scene, track: Track, step: number, strength: number): string {
  return scene.palette.tint(track.color, (0.3 + 0.7 * ((step + 1) / FILL_STEPS)) * strength);
}
