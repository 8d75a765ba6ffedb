/** Names of pitches. Middle C, 60, is C4. */

export const LOWEST_PITCH = 0;
export const HIGHEST_PITCH = 127;

const SHARPS = ['C', 'C♯', 'D', 'D♯', 'E', 'F', 'F♯', 'G', 'G♯', 'A', 'A♯', 'B'] as const;
const FLATS = ['C', 'D♭', 'D', 'E♭', 'E', 'F', 'G♭', 'G', 'A♭', 'A', 'B♭', 'B'] as const;
const BLACK = new Set([1, 3, 6, 8, 10]);

/** Pitch without its octave, 0 (C) to 11 (B). */
export function pitchClass(pitch: number): number {
  return ((pitch % 12) + 12) % 12;
}

/** Whether the pitch is a black key. */
export function isBlackKey(pitch: number): boolean {
  return BLACK.has(pitchClass(pitch));
}

/** "C♯" or, in a key with flats (`fifths` below 0), "D♭". */
export function pitchClassName(pitch: number, fifths = 0): string {
  return (fifths < 0 ? FLATS : SHARPS)[pitchClass(pitch)] ?? '';
}

/** The pitch with its octave, "C4"; spelled as the key signature with `fifths` would. */
export function pitchName(pitch: number, fifths = 0): string {
  return `${pitchClassName(pitch, fifths)}${Math.floor(pitch / 12) - 1}`;
}
