/** Which drums stand in the named rows, and what they are called. */
import type { ScoreView } from '../doc/score-view';

/** Offered while a drum track is the current one, so that a hit can be drawn where none is yet. */
const USUAL = [36, 37, 38, 39, 41, 42, 43, 45, 46, 47, 49, 51, 53, 54, 56];

const FIRST_NAMED = 35;

/** Catalogue keys of GM percussion 35–59; the rest are shown by number. */
export const DRUM_NAMES = [
  'kick2', 'kick', 'rim', 'snare', 'clap', 'snare2', 'floorTom', 'hat', 'highFloorTom',
  'pedalHat', 'lowTom', 'openHat', 'lowMidTom', 'midTom', 'crash', 'highTom', 'ride', 'china',
  'rideBell', 'tambourine', 'splash', 'cowbell', 'crash2', 'vibraslap', 'ride2',
] as const;

export type DrumName = (typeof DRUM_NAMES)[number];

export function drumName(pitch: number): DrumName | null {
  return DRUM_NAMES[pitch - FIRST_NAMED] ?? null;
}

/** Drum keys from the upper row to the lowest: what is used, and the usual kit when asked. */
export function drumRows(
  view: ScoreView,
  hidden: ReadonlySet<string>,
  current: string,
): readonly number[] {
  const used = new Set<number>();
  for (const track of view.tracks) {
    if (track.kind !== 'drums' || hidden.has(track.id)) continue;
    for (const note of view.notesOf(track.id).notes) used.add(note.pitch);
    if (track.id === current) for (const pitch of USUAL) used.add(pitch);
  }
  return [...used].sort((a, b) => b - a);
}
