/** Where a note stands in pixels: 1 px of air on the right, whole pixels in height. */
import type { Note } from '../../music/notes';
import type { Box, Geometry } from '../geometry';
import { DRUM_ROW } from '../geometry';
import type { Stage } from '../stage';

export const NOTE_RADIUS = 2.5;

/** The box of a pitched note. */
export function pitchedBox(geometry: Geometry, note: Note): Box {
  const top = geometry.y(note.pitch);
  const y = Math.round(top) + 0.5;
  const x = geometry.x(note.start) + 1;
  const width = Math.max(1.5, note.duration * geometry.pixelsPerTick - 1.5);
  return { x, y, width, height: Math.round(top + geometry.rowHeight) - 0.5 - y };
}

/** The box of a hit: all hits are as wide as a sixteenth, since a drum has no length. */
export function drumBox(geometry: Geometry, note: Note): Box | null {
  const top = geometry.drumY(note.pitch);
  if (top === null) return null;
  return {
    x: geometry.x(note.start) + 1,
    y: top + 2.5,
    width: hitWidth(geometry),
    height: DRUM_ROW - 5,
  };
}

export function hitWidth(geometry: Geometry): number {
  return Math.min(18, Math.max(3, 120 * geometry.pixelsPerTick - 1.5));
}

/** The box of a note, wherever its track stands; null when it has no row on the stage. */
export function noteBox(stage: Stage, geometry: Geometry, note: Note): Box | null {
  return stage.isDrums(note.track) ? drumBox(geometry, note) : pitchedBox(geometry, note);
}
