/** Notes that touch a stretch of time, found by binary search. */
import type { TrackNotes } from '../doc/score-view';
import type { Note } from '../music/notes';

/** Calls `visit` for each note that sounds in `[left, right)`, in order of start. */
export function eachBetween(
  notes: TrackNotes,
  left: number,
  right: number,
  visit: (note: Note) => void,
): void {
  const list = notes.notes;
  for (let i = notes.firstFrom(left - notes.longest); i < list.length; i += 1) {
    const note = list[i];
    if (note === undefined || note.start >= right) return;
    if (note.start + note.duration > left) visit(note);
  }
}

/** How many notes start in `[left, right)`. */
export function countBetween(notes: TrackNotes, left: number, right: number): number {
  return notes.firstFrom(right) - notes.firstFrom(left);
}
