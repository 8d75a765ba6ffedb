import type { Gesture } from '../gesture';
import type { ScoreView } from '../score-view';
import { moved } from './move-notes';
import { existing, planNotes } from './plan-notes';

/** Moves notes by `semitones`, as far as all of them stay on the keyboard. */
export function transposeNotes(
  view: ScoreView,
  ids: Iterable<string>,
  semitones: number,
): Gesture {
  const edits = moved(existing(view, ids), { dt: 0, dp: semitones });
  return planNotes(view, 'gesture.transpose', edits);
}
