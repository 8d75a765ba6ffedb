/** What a gesture would do to notes: data in, data out. */
import type { Note } from '../../music/notes';

/** No note becomes shorter than this by dragging, in ticks. */
export const SHORTEST = 15;

/** First and last tick, lowest and highest pitch. */
export function boxOf(notes: readonly Note[]): readonly [number, number, number, number] {
  let t0 = Infinity;
  let t1 = 0;
  let p0 = 127;
  let p1 = 0;
  for (const note of notes) {
    t0 = Math.min(t0, note.start);
    t1 = Math.max(t1, note.start + note.duration);
    p0 = Math.min(p0, note.pitch);
    p1 = Math.max(p1, note.pitch);
  }
  return notes.length === 0 ? [0, 0, 0, 0] : [t0, t1, p0, p1];
}

/**
 * Velocities on the straight line between two points, for the notes between them; the later of
 * two points may come first.
 */
export function ramp(
  notes: readonly Note[],
  from: { readonly tick: number; readonly velocity: number },
  to: { readonly tick: number; readonly velocity: number },
): Map<string, number> {
  const [a, b] = from.tick <= to.tick ? [from, to] : [to, from];
  const reach = Math.max(1, b.tick - a.tick);
  const result = new Map<string, number>();
  for (const note of notes) {
    if (note.start < a.tick || note.start > b.tick) continue;
    const share = (note.start - a.tick) / reach;
    result.set(note.id, clampVelocity(a.velocity + (b.velocity - a.velocity) * share));
  }
  return result;
}

function clampVelocity(value: number): number {
  return Math.min(127, Math.max(1, Math.round(value)));
}
