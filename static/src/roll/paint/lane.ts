/** The velocity lane: a stem and a dot for each note of the current track. */
import type { Note, Track } from '../../music/notes';
import { countBetween, eachBetween } from '../visible';
import type { Context, Scene } from './scene';
import { confine } from './shapes';

/** More notes than two a pixel: only the loudest of each column is drawn. */
const CROWD = 2;

/** More dots than this are drawn as little squares. */
const ROUND_DOTS = 250;

export interface Stem {
  readonly x: number;
  readonly y: number;
}

export function paintLane(g: Context, scene: Scene): void {
  const { geometry, palette, stage } = scene;
  const { lane } = geometry;
  if (lane.height === 0) return;
  const track = stage.currentTrack;
  g.fillStyle = palette.token('line');
  g.fillRect(lane.x, lane.y, lane.width, 1);
  g.fillStyle = palette.token('grid-sub');
  for (const part of [0.5, 1]) {
    g.fillRect(lane.x, Math.round(geometry.laneFloor - geometry.laneReach * part), lane.width, 1);
  }
  if (!track) return;
  confine(g, lane);
  paintStems(g, scene, track);
  g.restore();
}

function paintStems(g: Context, scene: Scene, track: Track): void {
  const { geometry, palette, stage } = scene;
  const notes = stage.view.notesOf(track.id);
  const { left, right } = geometry;
  const hidden = stage.hiddenIds;
  const stems: Stem[] = [];
  const crowd = countBetween(notes, left, right) > geometry.lane.width * CROWD;
  const tallest = new Map<number, number>();
  eachBetween(notes, left, right, (note) => {
    if (note.start < left || hidden.has(note.id)) return;
    const x = stemX(scene, note);
    const y = geometry.laneY(note.velocity);
    if (crowd) tallest.set(x, Math.min(tallest.get(x) ?? Infinity, y));
    else stems.push({ x, y });
  });
  for (const [x, y] of tallest) stems.push({ x, y });
  drawStems(g, scene, stems, palette.slot(track.color));
}

export function stemX(scene: Scene, note: Note): number {
  return Math.round(scene.geometry.x(note.start)) + 2;
}

export function drawStems(
  g: Context,
  scene: Scene,
  stems: readonly Stem[],
  color: string,
): void {
  const floor = scene.geometry.laneFloor;
  g.fillStyle = color;
  for (const { x, y } of stems) g.fillRect(x - 0.75, y, 1.5, floor - y);
  if (stems.length > ROUND_DOTS) {
    for (const { x, y } of stems) g.fillRect(x - 2.5, y - 2.5, 5, 5);
    return;
  }
  g.beginPath();
  for (const { x, y } of stems) {
    g.moveTo(x + 3.2, y);
    g.arc(x, y, 3.2, 0, Math.PI * 2);
  }
  g.fill();
}

/** Suggested notes: an open dot on a faint stem. */
export function drawOpenStems(
  g: Context,
  scene: Scene,
  stems: readonly Stem[],
  color: string,
): void {
  const floor = scene.geometry.laneFloor;
  g.save();
  g.globalAlpha = 0.6;
  g.fillStyle = color;
  for (const { x, y } of stems) g.fillRect(x - 0.75, y, 1.5, floor - y);
  g.restore();
  g.fillStyle = scene.palette.token('stage');
  g.strokeStyle = color;
  g.lineWidth = 1.3;
  g.beginPath();
  for (const { x, y } of stems) {
    g.moveTo(x + 3.2, y);
    g.arc(x, y, 3.2, 0, Math.PI * 2);
  }
  g.fill();
  g.stroke();
}
