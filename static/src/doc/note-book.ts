/** All notes of a score, by id and in order by the track on which they are shown. */

import type { Note } from '../music/notes';
import { NoteList } from './note-list';
import type { Roots } from './roots';
import { RECOVERED_TRACK, type NoteChange, type TrackNotes } from './score-view';
import { readNote } from './values';

const NO_NOTES: TrackNotes = new NoteList();

export class NoteBook {
  private readonly byId = new Map<string, Note>();
  private readonly lists = new Map<string, NoteList>();
  /** The track that a note shown on "Recovered" really names. */
  private readonly strays = new Map<string, string>();

  get count(): number {
    return this.byId.size;
  }

  get hasStrays(): boolean {
    return this.strays.size > 0;
  }

  /** The first tick at which nothing sounds any more. */
  get end(): number {
    let end = 0;
    for (const list of this.lists.values()) end = Math.max(end, list.end);
    return end;
  }

  note(id: string): Note | undefined {
    return this.byId.get(id);
  }

  ids(): IterableIterator<string> {
    return this.byId.keys();
  }

  notesOf(track: string): TrackNotes {
    return this.lists.get(track) ?? NO_NOTES;
  }

  /** The track that the document holds for a note, which may be gone. */
  writtenTrack(note: Note): string {
    return note.track === RECOVERED_TRACK ? (this.strays.get(note.id) ?? note.track) : note.track;
  }

  /** Any track id that strays name: where something new on "Recovered" is written to. */
  anyStrayTrack(): string | null {
    return this.strays.values().next().value ?? null;
  }

  /** Ids of the notes to read again because `come` exist now and `gone` no more. */
  displaced(come: readonly string[], gone: readonly string[]): string[] {
    const ids: string[] = [];
    if (come.length > 0) {
      const arrived = new Set(come);
      for (const [id, track] of this.strays) if (arrived.has(track)) ids.push(id);
    }
    for (const track of gone) for (const { id } of this.notesOf(track).notes) ids.push(id);
    return ids;
  }

  /** Reads again the notes behind `ids`; `exists` tells which tracks there are. */
  read(
    roots: Roots,
    ids: Iterable<string>,
    exists: (track: string) => boolean,
  ): Map<string, NoteChange> {
    const changes = new Map<string, NoteChange>();
    const map = roots.map('notes');
    for (const id of ids) {
      const before = this.byId.get(id) ?? null;
      const written = readNote(id, map.get(id));
      const stray = written !== null && !exists(written.track);
      if (stray) this.strays.set(id, written.track);
      else if (this.strays.size > 0) this.strays.delete(id);
      const after = stray ? { ...written, track: RECOVERED_TRACK } : written;
      if (!sameNote(before, after)) changes.set(id, { before, after });
    }
    this.store(changes);
    return changes;
  }

  private store(changes: ReadonlyMap<string, NoteChange>): void {
    const byTrack = new Map<string, { gone: Note[]; come: Note[] }>();
    const of = (track: string): { gone: Note[]; come: Note[] } => {
      let lists = byTrack.get(track);
      if (lists === undefined) byTrack.set(track, (lists = { gone: [], come: [] }));
      return lists;
    };
    for (const [id, { before, after }] of changes) {
      if (before !== null) of(before.track).gone.push(before);
      if (after !== null) {
        of(after.track).come.push(after);
        this.byId.set(id, after);
      } else this.byId.delete(id);
    }
    for (const [track, { gone, come }] of byTrack) {
      let list = this.lists.get(track);
      if (list === undefined) this.lists.set(track, (list = new NoteList()));
      list.change(gone, come);
      if (list.notes.length === 0) this.lists.delete(track);
    }
  }
}

function sameNote(left: Note | null, right: Note | null): boolean {
  if (left === null || right === null) return left === right;
  return (
    left.track === right.track &&
    left.pitch === right.pitch &&
    left.start === right.start &&
    left.duration === right.duration &&
    left.velocity === right.velocity
  );
}
