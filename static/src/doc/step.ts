/** One step of undo: what a gesture changed, small enough to keep two hundred of them. */

import type { Entry } from './entry';
import type { Value } from './gesture';
import { columnBytes, isPackable, packNotes, unpackNotes, type NoteColumns } from './note-columns';

export interface Step {
  /** Grows from step to step of one tab. */
  readonly id: number;
  /** Catalogue key of the gesture. */
  readonly label: string;
  readonly notes: readonly NoteColumns[];
  readonly others: readonly Entry[];
  readonly bytes: number;
}

const OVERHEAD = 64;

export function packStep(id: number, label: string, entries: readonly Entry[]): Step {
  const kinds = { changed: [] as Entry[], added: [] as Entry[], removed: [] as Entry[] };
  const others: Entry[] = [];
  for (const entry of entries) {
    if (!isPackable(entry)) others.push(entry);
    else if (entry.before === null) kinds.added.push(entry);
    else if (entry.after === null) kinds.removed.push(entry);
    else kinds.changed.push(entry);
  }
  const notes = (['changed', 'added', 'removed'] as const)
    .filter((kind) => kinds[kind].length > 0)
    .map((kind) => packNotes(kind, kinds[kind]));
  const bytes =
    OVERHEAD +
    notes.reduce((sum, columns) => sum + columnBytes(columns), 0) +
    (others.length === 0 ? 0 : JSON.stringify(others).length);
  return { id, label, notes, others, bytes };
}

/** The entries of a step; `current` gives what a note holds now. */
export function unpackStep(step: Step, current: (id: string) => Value | null): Entry[] {
  return [...step.notes.flatMap((columns) => unpackNotes(columns, current)), ...step.others];
}
