import { newId, NOTE_ID } from '../../music/ids';
import type { Note } from '../../music/notes';
import type { Gesture } from '../gesture';
import type { ScoreView } from '../score-view';
import { planNotes } from './plan-notes';

/** Notes with new ids, ready for `addNotes`, so that the caller knows what to select. */
export function named(notes: readonly Omit<Note, 'id'>[]): Note[] {
  return notes.map((note) => ({ ...note, id: newId(NOTE_ID) }));
}

/** Writes new notes. */
export function addNotes(view: ScoreView, notes: readonly Note[]): Gesture {
  return planNotes(view, 'gesture.add', new Map(notes.map((note) => [note.id, note])));
}
