/** One key of a gesture as it was and as it became, and how it is taken back. */

import { isFlat, sameValue, type RootName, type Scalar, type Value } from './gesture';

/** null = absent. */
export interface Entry {
  readonly root: RootName;
  readonly key: string;
  readonly before: Value | null;
  readonly after: Value | null;
}

/** What to write for an entry, and whether somebody else's change had to be left. */
export interface Reversal {
  readonly write: boolean;
  readonly value: Value | null;
  readonly left: boolean;
}

/**
 * How `entry` is taken back where the document holds `current`.
 *
 * Unchanged since: its old value. Two notes that differ: only the slots that still hold what the
 * gesture wrote. Deleted by somebody, or made by the gesture and changed since: left alone.
 */
export function reversal(entry: Entry, current: Value | null): Reversal {
  const { before, after } = entry;
  if (sameValue(current, before)) return { write: false, value: current, left: false };
  if (sameValue(current, after)) return { write: true, value: before, left: false };
  const notes = entry.root === 'notes' && isFlat(current) && isFlat(before) && isFlat(after);
  return notes ? slotwise(before, after, current) : { write: false, value: current, left: true };
}

function slotwise(
  before: readonly Scalar[],
  after: readonly Scalar[],
  current: readonly Scalar[],
): Reversal {
  let left = false;
  const value = current.map((slot, index) => {
    const old = before[index];
    if (old === undefined || old === slot || old === after[index]) return slot;
    if (slot === after[index]) return old;
    left = true;
    return slot;
  });
  return { write: !sameValue(value, current), value, left };
}
