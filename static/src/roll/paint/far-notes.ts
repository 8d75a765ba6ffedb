/** The song from afar: runs of sounding time instead of notes, and the choice among them. */
import type { Note, Track } from '../../music/notes';
import { Density } from '../density';
import { DRUM_ROW, type Box, type Geometry } from '../geometry';
import { FILL_STEPS } from '../palette';
import { eachBetween } from '../visible';
import { isSilent, strengthOf } from './notes';
import { pixelOf, PixelSheet } from './pixel-sheet';
import type { Context, Scene } from './scene';

const SILENT = 0.25;
const HIT = DRUM_ROW - 5;

const written = new PixelSheet();
const chosen = new PixelSheet();

function field({ grid, drums }: Geometry): Box {
  return { x: grid.x, y: grid.y, width: grid.width, height: grid.height + drums.height };
}

/** Paints the tracks, first to last, over grid and drum rows. */
export function paintFarNotes(g: Context, scene: Scene, tracks: readonly Track[]): void {
  if (!written.begin(g, field(scene.geometry))) return;
  for (const track of tracks) writeTrack(scene, track);
  written.show(g);
}

function writeTrack(scene: Scene, track: Track): void {
  const { geometry, palette, stage } = scene;
  const { left, right, pixelsPerTick } = geometry;
  const drums = track.kind === 'drums';
  const rows = rowsOf(geometry, drums);
  const tall = drums ? HIT : Math.max(1, geometry.rowHeight - 1);
  const color = pixelOf(isSilent(scene, track)
    ? palette.tint(track.color, SILENT)
    : palette.fill(track.color, FILL_STEPS - 4, strengthOf(scene, track)));
  const bucket = Density.bucketFor(pixelsPerTick);
  const notes = stage.view.notesOf(track.id);
  stage.density.eachRun(track.id, notes, bucket, { left, right }, (pitch, start, end) => {
    const y = rows[pitch] ?? NaN;
    if (Number.isNaN(y) || end <= left || start >= right) return;
    written.fill(geometry.x(start), y, (end - start) * pixelsPerTick, tall, color);
  });
}

/** Thousands of notes in a hand, each a plain box in the colour of the selection. */
export function paintFarHeld(g: Context, scene: Scene, notes: readonly Note[]): void {
  if (!chosen.begin(g, field(scene.geometry))) return;
  const { tracks } = scene.stage.view;
  const byTrack = new Map(tracks.map((track) => [track.id, boxWriter(scene, track)]));
  for (const note of notes) byTrack.get(note.track)?.(note.pitch, note.start, note.duration);
  chosen.show(g);
}

/** Thousands of chosen notes; a track that is chosen as a whole is shown by its runs. */
export function paintFarChoice(g: Context, scene: Scene): void {
  const { geometry, stage } = scene;
  const { left, right, pixelsPerTick } = geometry;
  if (!chosen.begin(g, field(geometry))) return;
  const ids = stage.editing.selection.peek();
  const bucket = Density.bucketFor(pixelsPerTick);
  for (const track of stage.shownTracks) {
    const notes = stage.view.notesOf(track.id);
    const write = boxWriter(scene, track);
    if (stage.chosenOn(track.id) >= notes.notes.length) {
      stage.density.eachRun(track.id, notes, bucket, { left, right }, (pitch, start, end) => {
        if (end > left && start < right) write(pitch, start, end - start);
      });
    } else {
      eachBetween(notes, left, right, (note) => {
        if (ids.has(note.id)) write(note.pitch, note.start, note.duration);
      });
    }
  }
  chosen.show(g);
}

/** Writes boxes of one track in the colour of the selection. */
function boxWriter(
  { geometry, palette }: Scene,
  track: Track,
): (pitch: number, start: number, duration: number) => void {
  const drums = track.kind === 'drums';
  const rows = rowsOf(geometry, drums);
  const tall = drums ? HIT : Math.max(1, geometry.rowHeight - 1);
  const color = pixelOf(palette.token('select'), 0.8);
  const { pixelsPerTick } = geometry;
  return (pitch, start, duration) => {
    const y = rows[pitch] ?? NaN;
    if (Number.isNaN(y)) return;
    chosen.fill(geometry.x(start), y, duration * pixelsPerTick, tall, color);
  };
}

/** Upper edge of each pitch's row; NaN where it is out of sight. */
function rowsOf(geometry: Geometry, drums: boolean): Float64Array {
  const rows = new Float64Array(128).fill(NaN);
  const { grid, input } = geometry;
  if (drums) {
    for (const pitch of input.drumRows) rows[pitch] = (geometry.drumY(pitch) ?? NaN) + 2.5;
    return rows;
  }
  for (let p = geometry.lowest; p <= geometry.highest; p += 1) {
    const y = geometry.y(p);
    if (y < grid.y + grid.height) rows[p] = y;
  }
  return rows;
}
