import type { Gesture } from '../gesture';
import type { ScoreView } from '../score-view';
import { existing, forgetting } from './plan-notes';

/** Takes notes away, with their lyrics, mutes and the like. */
export function deleteNotes(view: ScoreView, ids: Iterable<string>): Gesture {
  const changes = existing(view, ids).flatMap(({ id }) => forgetting(view, id));
  return { label: 'gesture.delete', changes };
}
