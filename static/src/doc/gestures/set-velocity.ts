import type { Change, Gesture } from '../gesture';
import type { ScoreView } from '../score-view';
import { noteValue } from '../values';

/** Gives each note its velocity, kept within 1-127. */
export function setVelocity(view: ScoreView, velocities: ReadonlyMap<string, number>): Gesture {
  const changes: Change[] = [];
  for (const [id, wanted] of velocities) {
    const note = view.note(id);
    if (note === undefined) continue;
    const velocity = Math.min(127, Math.max(1, Math.round(wanted)));
    changes.push({ root: 'notes', key: id, value: noteValue({ ...note, velocity }) });
  }
  return { label: 'gesture.velocity', changes };
}
