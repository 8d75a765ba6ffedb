import type { Note } from '../../music/notes';
import type { Gesture } from '../gesture';
import type { ScoreView } from '../score-view';
import { existing, planNotes } from './plan-notes';

export type NoteEdge = 'start' | 'end';

/** A note with one edge moved by `dt` ticks; never before tick 0, never shorter than `least`. */
export function resized(note: Note, edge: NoteEdge, dt: number, least = 1): Note {
  const shortest = Math.min(note.duration, Math.max(1, least));
  if (edge === 'end') {
    return { ...note, duration: Math.max(shortest, note.duration + Math.round(dt)) };
  }
  const end = note.start + note.duration;
  const start = Math.min(Math.max(0, note.start + Math.round(dt)), end - shortest);
  return { ...note, start, duration: end - start };
}

/** Moves one edge of each note; each stops by itself where it would vanish. */
export function resizeNotes(
  view: ScoreView,
  ids: readonly string[],
  edge: NoteEdge,
  dt: number,
  least = 1,
): Gesture {
  const edits = new Map(
    existing(view, ids).map((note) => [note.id, resized(note, edge, dt, least)]),
  );
  return planNotes(view, 'gesture.resize', edits);
}
