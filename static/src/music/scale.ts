/** Scales and keys as sets of pitch classes. */

import type { KeyEvent } from './notes';
import { pitchClass } from './pitch';

/** Steps above the tonic. */
export const SCALES = {
  major: [0, 2, 4, 5, 7, 9, 11],
  minor: [0, 2, 3, 5, 7, 8, 10],
  harmonicMinor: [0, 2, 3, 5, 7, 8, 11],
  melodicMinor: [0, 2, 3, 5, 7, 9, 11],
  dorian: [0, 2, 3, 5, 7, 9, 10],
  phrygian: [0, 1, 3, 5, 7, 8, 10],
  lydian: [0, 2, 4, 6, 7, 9, 11],
  mixolydian: [0, 2, 4, 5, 7, 9, 10],
  majorPentatonic: [0, 2, 4, 7, 9],
  minorPentatonic: [0, 3, 5, 7, 10],
  blues: [0, 3, 5, 6, 7, 10],
} as const satisfies Record<string, readonly number[]>;

export type ScaleName = keyof typeof SCALES;

/** A key signature without the place where it begins. */
export type KeySignature = Pick<KeyEvent, 'fifths' | 'mode'>;

const LETTERS = ['F', 'C', 'G', 'D', 'A', 'E', 'B'] as const;

/** Pitch class of the tonic: C for 0 fifths in major, A in minor. */
export function tonicOf(key: KeySignature): number {
  return pitchClass(key.fifths * 7 + (key.mode === 'minor' ? 9 : 0));
}

/** The tonic as it is spelled in its key, "E♭". */
export function tonicName(key: KeySignature): string {
  // Along the line of fifths from F; each seven steps add a sharp or take a flat.
  const place = key.fifths + (key.mode === 'minor' ? 4 : 1);
  const sign = place < 0 ? '♭' : place > 6 ? '♯' : '';
  return `${LETTERS[(place + 7) % 7] ?? ''}${sign}`;
}

/** The pitch classes of a scale on `tonic`. */
export function scaleClasses(tonic: number, scale: ScaleName): ReadonlySet<number> {
  return new Set(SCALES[scale].map((step) => pitchClass(tonic + step)));
}

/** The pitch classes of a key: its major or its natural minor scale. */
export function keyClasses(key: KeySignature): ReadonlySet<number> {
  return scaleClasses(tonicOf(key), key.mode);
}

/** The key in force at `tick`, from events in order; null before the first. */
export function keyAt(events: readonly KeyEvent[], tick: number): KeyEvent | null {
  let found: KeyEvent | null = null;
  for (const event of events) {
    if (event.tick > tick) break;
    found = event;
  }
  return found;
}
