/** What writing notes takes: overlaps resolved, attributes of deleted notes gone with them. */

import type { Note } from '../../music/notes';
import type { Change, Gesture } from '../gesture';
import { resolveOverlaps, type NoteEdits } from '../overlaps';
import type { ScoreView } from '../score-view';
import { noteValue } from '../values';

/** Names in `noteAttrs`. */
export const NOTE_ATTRIBUTES = ['lyric', 'muted', 'articulation', 'from'] as const;

/** A gesture that writes `edits` (null deletes) and `more` beside them. */
export function planNotes(
  view: ScoreView,
  label: string,
  edits: NoteEdits,
  more: readonly Change[] = [],
): Gesture {
  const changes: Change[] = [];
  for (const [id, note] of resolveOverlaps(view, edits)) {
    if (note !== null) changes.push({ root: 'notes', key: id, value: noteValue(note) });
    else if (view.note(id) !== undefined) changes.push(...forgetting(view, id));
  }
  const written = new Set(changes.flatMap(({ value, key }) => (value === null ? [] : key)));
  // A note that an overlap left out must not leave attributes behind.
  for (const change of more) {
    const note = change.root === 'noteAttrs' ? change.key.slice(0, change.key.indexOf(':')) : '';
    if (note === '' || written.has(note) || view.note(note) !== undefined) changes.push(change);
  }
  return { label, changes };
}

/** Takes away a note and its attributes. */
export function forgetting(view: ScoreView, id: string): Change[] {
  const changes: Change[] = [{ root: 'notes', key: id, value: null }];
  for (const name of NOTE_ATTRIBUTES) {
    if (view.attribute(id, name) === undefined) continue;
    changes.push({ root: 'noteAttrs', key: `${id}:${name}`, value: null });
  }
  return changes;
}

/** The notes behind `ids` that still exist. */
export function existing(view: ScoreView, ids: Iterable<string>): Note[] {
  const notes: Note[] = [];
  for (const id of ids) {
    const note = view.note(id);
    if (note !== undefined) notes.push(note);
  }
  return notes;
}
