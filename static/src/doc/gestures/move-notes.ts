import { HIGHEST_PITCH, LOWEST_PITCH } from '../../music/pitch';
import type { Note } from '../../music/notes';
import type { Gesture } from '../gesture';
import type { ScoreView } from '../score-view';
import { existing, planNotes } from './plan-notes';

export interface Shift {
  /** Ticks. */
  readonly dt: number;
  /** Semitones. */
  readonly dp: number;
}

/** What bounds a move of notes; infinite without any. */
export interface Reach {
  /** Tick of the first note. */
  readonly first: number;
  readonly lowest: number;
  readonly highest: number;
}

export function reachOf(notes: readonly Note[]): Reach {
  let first = Infinity;
  let lowest = Infinity;
  let highest = -Infinity;
  for (const { start, pitch } of notes) {
    first = Math.min(first, start);
    lowest = Math.min(lowest, pitch);
    highest = Math.max(highest, pitch);
  }
  return { first, lowest, highest };
}

/** The most of a move that keeps what reaches so far on the keyboard and after tick 0. */
export function clampWithin({ first, lowest, highest }: Reach, { dt, dp }: Shift): Shift {
  if (first === Infinity) return { dt: 0, dp: 0 };
  return {
    dt: Math.max(Math.round(dt), -first),
    dp: Math.min(Math.max(dp, LOWEST_PITCH - lowest), HIGHEST_PITCH - highest),
  };
}

/** The most of a move that keeps every note on the keyboard and after tick 0. */
export function clampMove(notes: readonly Note[], by: Shift): Shift {
  return clampWithin(reachOf(notes), by);
}

/** Moves notes in time and pitch, all by the same; `track` also brings them onto that track. */
export function moveNotes(
  view: ScoreView,
  ids: readonly string[],
  dt: number,
  dp: number,
  track?: string,
): Gesture {
  return planNotes(view, 'gesture.move', moved(existing(view, ids), { dt, dp }, track));
}

/** The notes where a clamped move would put them. */
export function moved(notes: readonly Note[], by: Shift, track?: string): Map<string, Note> {
  const { dt, dp } = clampMove(notes, by);
  const edits = new Map<string, Note>();
  for (const { id, track: own, pitch, start, duration, velocity } of notes) {
    edits.set(id, {
      id,
      track: track ?? own,
      pitch: pitch + dp,
      start: start + dt,
      duration,
      velocity,
    });
  }
  return edits;
}
