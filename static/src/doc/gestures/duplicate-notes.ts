import type { Note } from '../../music/notes';
import type { Change, Gesture } from '../gesture';
import type { ScoreView } from '../score-view';
import { named } from './add-notes';
import { clampMove, type Shift } from './move-notes';
import { existing, planNotes } from './plan-notes';

/** Copies of notes, moved; for a caller that wants to select them. */
export function copiesOf(notes: readonly Note[], by: Shift): Note[] {
  const { dt, dp } = clampMove(notes, by);
  return named(notes.map((note) => ({ ...note, start: note.start + dt, pitch: note.pitch + dp })));
}

/** Ticks after which a repetition of `notes` begins: whole beats, so that the pulse goes on. */
export function repeatLength(view: ScoreView, notes: readonly Note[]): number {
  let first = Infinity;
  let end = 0;
  for (const { start, duration } of notes) {
    first = Math.min(first, start);
    end = Math.max(end, start + duration);
  }
  if (notes.length === 0) return 0;
  const beat = 1920 / view.meter.meterAt(first).denominator;
  return Math.max(1, Math.ceil((end - first) / beat)) * beat;
}

/** Repeats notes right after themselves, or moved by what `by` says. */
export function duplicateNotes(view: ScoreView, ids: Iterable<string>, by?: Shift): Gesture {
  const notes = existing(view, ids);
  const copies = copiesOf(notes, by ?? { dt: repeatLength(view, notes), dp: 0 });
  const mutes = notes.flatMap(({ id }, index): Change[] => {
    const copy = copies[index];
    if (copy === undefined || !view.isMuted(id)) return [];
    return [{ root: 'noteAttrs', key: `${copy.id}:muted`, value: 1 }];
  });
  const edits = new Map(copies.map((note) => [note.id, note]));
  return planNotes(view, 'gesture.duplicate', edits, mutes);
}

/** The ids that a gesture brings into the score: what to select after it. */
export function idsAdded(view: ScoreView, gesture: Gesture): string[] {
  return gesture.changes.flatMap(({ root, key, value }) =>
    root === 'notes' && value !== null && view.note(key) === undefined ? key : [],
  );
}
