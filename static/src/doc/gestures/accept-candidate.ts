import type { Note } from '../../music/notes';
import type { Change, Gesture } from '../gesture';
import type { ScoreView } from '../score-view';
import { planNotes } from './plan-notes';

/**
 * Writes exactly the proposed notes, with their ids and where they come from, and takes away
 * those of `replaces` (as they stood when the suggestion was asked for) that nobody has changed
 * since.
 */
export function acceptCandidate(
  view: ScoreView,
  suggestion: string,
  notes: readonly Note[],
  replaces: readonly Note[],
): Gesture {
  const edits = new Map<string, Note | null>();
  for (const old of replaces) if (isUntouched(view, old)) edits.set(old.id, null);
  const origins: Change[] = [];
  for (const note of notes) {
    const { id, track, pitch, start, duration, velocity } = note;
    edits.set(id, { id, track, pitch, start, duration, velocity });
    origins.push({ root: 'noteAttrs', key: `${id}:from`, value: suggestion });
  }
  return planNotes(view, 'gesture.accept', edits, origins);
}

function isUntouched(view: ScoreView, old: Note): boolean {
  const now = view.note(old.id);
  return (
    now !== undefined &&
    now.track === old.track &&
    now.pitch === old.pitch &&
    now.start === old.start &&
    now.duration === old.duration &&
    now.velocity === old.velocity
  );
}
