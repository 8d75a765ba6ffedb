/** Note entries of a gesture packed into columns: ids, and only the slots that it changed. */

import { isFlat, type Value } from './gesture';
import type { Entry } from './entry';
import type { NoteValue } from './values';
import { NOTE_ID } from '../music/ids';

/**
 * One slot of many notes. A formula ("up 5") needs one number beside what it made: `delta` is
 * what was added to every note, or to each.
 */
interface Column {
  readonly after: Int32Array;
  readonly delta: number | Int32Array;
}

/** A slot that no note changed is null: taking it back is writing nothing. */
type Columns = readonly (Column | null)[];

export interface NoteColumns {
  /** All ids in a row, ten letters each. */
  readonly ids: string;
  /** Names for the numbers in the column of tracks. */
  readonly tracks: readonly string[];
  readonly kind: 'changed' | 'added' | 'removed';
  readonly slots: Columns;
}

const SLOTS = 5;

/** Whether an entry can be packed: a note with a proper id and whole numbers of 32 bits. */
export function isPackable({ root, key, before, after }: Entry): boolean {
  if (root !== 'notes' || key.length !== NOTE_ID) return false;
  return (before ?? after) !== null && [before, after].every((side) => side === null || fits(side));
}

/** Packs entries of one kind; `isPackable` holds for each. */
export function packNotes(kind: NoteColumns['kind'], entries: readonly Entry[]): NoteColumns {
  const tracks: string[] = [];
  const numbers = new Map<string, number>();
  const number = (value: NoteValue, slot: number): number => {
    const part = value[slot];
    if (typeof part === 'number') return part;
    const name = String(part);
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, tracks.length);
    return tracks.push(name) - 1;
  };
  const slots = Array.from({ length: SLOTS }, (_, slot) => {
    const after = new Int32Array(entries.length);
    const delta = new Int32Array(entries.length);
    entries.forEach((entry, index) => {
      const { from, to } = ends(kind, entry);
      after[index] = number(to, slot);
      delta[index] = after[index] - number(from, slot);
    });
    const first = delta[0] ?? 0;
    const same = delta.every((change) => change === first);
    if (kind === 'changed' && same && first === 0) return null;
    return { after, delta: same ? first : delta };
  });
  return { ids: entries.map(({ key }) => key).join(''), tracks, kind, slots };
}

/**
 * The entries again. Slots that nobody changed come back as `current` holds them, so that only
 * what the gesture did can differ; a note that is gone comes back with those slots empty.
 */
export function unpackNotes(
  columns: NoteColumns,
  current: (id: string) => Value | null,
): Entry[] {
  const entries: Entry[] = [];
  for (let index = 0; index * NOTE_ID < columns.ids.length; index += 1) {
    const key = columns.ids.slice(index * NOTE_ID, (index + 1) * NOTE_ID);
    const now = columns.kind === 'changed' ? current(key) : null;
    const at = (side: 'before' | 'after'): Value =>
      columns.slots.map((column, slot) => {
        if (column === null) return isFlat(now) ? (now[slot] ?? 0) : 0;
        const after = column.after[index] ?? 0;
        const delta = typeof column.delta === 'number' ? column.delta : (column.delta[index] ?? 0);
        const value = side === 'after' ? after : after - delta;
        return slot === 0 ? (columns.tracks[value] ?? '') : value;
      });
    entries.push({
      root: 'notes',
      key,
      before: columns.kind === 'added' ? null : at('before'),
      after: columns.kind === 'removed' ? null : at('after'),
    });
  }
  return entries;
}

/** Bytes that the columns take, near enough to bound a history. */
export function columnBytes({ ids, slots, tracks }: NoteColumns): number {
  let bytes = ids.length + tracks.join('').length;
  for (const column of slots) {
    if (column === null) continue;
    bytes += column.after.byteLength;
    if (typeof column.delta !== 'number') bytes += column.delta.byteLength;
  }
  return bytes;
}

/** Both ends of an entry; the one that is null borrows from the other. */
function ends(kind: NoteColumns['kind'], entry: Entry): { from: NoteValue; to: NoteValue } {
  const from = (kind === 'added' ? entry.after : entry.before) as NoteValue;
  const to = (kind === 'removed' ? entry.before : entry.after) as NoteValue;
  return { from, to };
}

function fits(value: Value): boolean {
  if (!isFlat(value) || value.length !== SLOTS || typeof value[0] !== 'string') return false;
  return value.every((part, slot) => slot === 0 || (typeof part === 'number' && (part | 0) === part));
}
