/** A gesture: everything that one action of a person writes, as plain values. */

export const ROOT_NAMES = [
  'meta',
  'tracks',
  'notes',
  'noteAttrs',
  'lanes',
  'tempo',
  'meter',
  'keys',
  'markers',
  'chords',
  'clips',
] as const;

export type RootName = (typeof ROOT_NAMES)[number];

export type Scalar = number | string;

/** What a key of a root map holds: an integer, a string or a flat array of them. */
export type Value = Scalar | readonly Scalar[];

/** One key written; null deletes it. */
export interface Change {
  readonly root: RootName;
  readonly key: string;
  readonly value: Value | null;
}

/** One transaction and one step of undo. `label` is a key of the catalogue, `gesture.move`. */
export interface Gesture {
  readonly label: string;
  readonly changes: readonly Change[];
}

/** Whether two values are the same, slot by slot. */
export function sameValue(left: Value | null, right: Value | null): boolean {
  if (left === right) return true;
  if (!isFlat(left) || !isFlat(right) || left.length !== right.length) return false;
  for (let slot = 0; slot < left.length; slot += 1) {
    if (left[slot] !== right[slot]) return false;
  }
  return true;
}

/** Whether a value is an array (Array.isArray does not narrow readonly arrays). */
export function isFlat(value: Value | null): value is readonly Scalar[] {
  return typeof value === 'object' && value !== null;
}
