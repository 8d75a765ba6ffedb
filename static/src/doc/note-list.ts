/** The notes of one track in order, kept so while notes come and go. */

import type { Note } from '../music/notes';
import type { TrackNotes } from './score-view';

/** Up to this many changes are inserted one by one; above it the list is merged in one pass. */
const ONE_BY_ONE = 24;

/** By start, then pitch, then id: a total order, the same for everyone. */
export function compareNotes(left: Note, right: Note): number {
  return (
    left.start - right.start ||
    left.pitch - right.pitch ||
    (left.id < right.id ? -1 : Number(left.id > right.id))
  );
}

/** A sorted array with the longest duration and the end kept beside it. */
export class NoteList implements TrackNotes {
  private list: Note[] = [];
  private longestKnown = 0;
  private endKnown = 0;
  private stale = false;

  get notes(): readonly Note[] {
    return this.list;
  }

  get longest(): number {
    this.measure();
    return this.longestKnown;
  }

  /** The first tick at which none of them sounds any more. */
  get end(): number {
    this.measure();
    return this.endKnown;
  }

  firstFrom(tick: number): number {
    let low = 0;
    let high = this.list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.list[middle]?.start ?? Infinity) < tick) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Takes away `gone` (by identity of place and id) and puts in `come`. */
  change(gone: readonly Note[], come: Note[]): void {
    for (const note of gone) this.forget(note);
    for (const note of come) this.learn(note);
    if (gone.length + come.length > ONE_BY_ONE) {
      this.merge(gone, come);
      return;
    }
    for (const note of gone) this.list.splice(this.indexOf(note), 1);
    for (const note of come) this.list.splice(this.placeOf(note), 0, note);
  }

  private merge(gone: readonly Note[], come: Note[]): void {
    come.sort(compareNotes);
    const dropped = new Set<string>();
    for (const note of gone) dropped.add(note.id);
    const merged: Note[] = [];
    let next = 0;
    for (const note of this.list) {
      if (dropped.has(note.id)) continue;
      let newcomer = come[next];
      while (newcomer !== undefined && compareNotes(newcomer, note) < 0) {
        merged.push(newcomer);
        next += 1;
        newcomer = come[next];
      }
      merged.push(note);
    }
    for (; next < come.length; next += 1) {
      const newcomer = come[next];
      if (newcomer !== undefined) merged.push(newcomer);
    }
    this.list = merged;
  }

  /** Index of the first note that does not sort before `note`. */
  private placeOf(note: Note): number {
    let low = 0;
    let high = this.list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.list[middle];
      if (other !== undefined && compareNotes(other, note) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private indexOf(note: Note): number {
    const place = this.placeOf(note);
    if (this.list[place]?.id !== note.id) throw new RangeError(`no note ${note.id} in its place`);
    return place;
  }

  private learn(note: Note): void {
    if (this.stale) return;
    this.longestKnown = Math.max(this.longestKnown, note.duration);
    this.endKnown = Math.max(this.endKnown, note.start + note.duration);
  }

  private forget(note: Note): void {
    if (note.duration === this.longestKnown || note.start + note.duration === this.endKnown) {
      this.stale = true;
    }
  }

  private measure(): void {
    if (!this.stale) return;
    this.longestKnown = 0;
    this.endKnown = 0;
    for (const note of this.list) {
      this.longestKnown = Math.max(this.longestKnown, note.duration);
      this.endKnown = Math.max(this.endKnown, note.start + note.duration);
    }
    this.stale = false;
  }
}
