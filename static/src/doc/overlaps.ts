/** Notes of one pitch and track never overlap: the earlier one is shortened. */

import type { Note } from '../music/notes';
import { compareNotes } from './note-list';
import type { ScoreView } from './score-view';

/** Notes to write by id; null deletes. */
export type NoteEdits = ReadonlyMap<string, Note | null>;

interface Window {
  readonly pitches: Set<number>;
  readonly written: Note[];
  first: number;
  last: number;
}

/**
 * Adds to `edits` what keeps the notes they write from overlapping others.
 *
 * Of two notes that start together the written one stays, of two written ones the longer. Notes
 * that overlapped before and that the gesture does not touch stay as they are.
 */
export function resolveOverlaps(view: ScoreView, edits: NoteEdits): Map<string, Note | null> {
  const result = new Map(edits);
  for (const [track, window] of windowsOf(edits)) {
    const { notes, longest, firstFrom } = boundTo(view, track);
    const around: Note[] = [...window.written];
    for (let index = firstFrom(window.first - longest); index < notes.length; index += 1) {
      const note = notes[index];
      if (note === undefined || note.start >= window.last) break;
      if (window.pitches.has(note.pitch) && !edits.has(note.id)) around.push(note);
    }
    sweep(around.sort(compareNotes), edits, result);
  }
  return result;
}

function boundTo(
  view: ScoreView,
  track: string,
): { notes: readonly Note[]; longest: number; firstFrom: (tick: number) => number } {
  const list = view.notesOf(track);
  return { notes: list.notes, longest: list.longest, firstFrom: (tick) => list.firstFrom(tick) };
}

function windowsOf(edits: NoteEdits): Map<string, Window> {
  const windows = new Map<string, Window>();
  for (const note of edits.values()) {
    if (note === null) continue;
    let window = windows.get(note.track);
    if (window === undefined) {
      window = { pitches: new Set(), written: [], first: Infinity, last: 0 };
      windows.set(note.track, window);
    }
    window.pitches.add(note.pitch);
    window.written.push(note);
    window.first = Math.min(window.first, note.start);
    window.last = Math.max(window.last, note.start + note.duration);
  }
  return windows;
}

/** Walks notes in order and shortens, into `result`, what runs into the next of its pitch. */
function sweep(ordered: readonly Note[], edits: NoteEdits, result: Map<string, Note | null>): void {
  const lastOfPitch = new Map<number, Note>();
  for (const note of ordered) {
    const earlier = lastOfPitch.get(note.pitch);
    const meets = earlier !== undefined && earlier.start + earlier.duration > note.start;
    if (!meets || !(edits.has(earlier.id) || edits.has(note.id))) {
      lastOfPitch.set(note.pitch, note);
    } else if (earlier.start === note.start) {
      const loser = weaker(earlier, note, edits);
      result.set(loser.id, null);
      lastOfPitch.set(note.pitch, loser === note ? earlier : note);
    } else {
      result.set(earlier.id, { ...earlier, duration: note.start - earlier.start });
      lastOfPitch.set(note.pitch, note);
    }
  }
}

function weaker(left: Note, right: Note, edits: NoteEdits): Note {
  if (edits.has(left.id) !== edits.has(right.id)) return edits.has(left.id) ? right : left;
  return left.duration < right.duration ? left : right;
}
