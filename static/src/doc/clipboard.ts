/** Notes on the system clipboard: plain JSON text, so that it works between tabs and browsers. */

import { newId, NOTE_ID } from '../music/ids';
import type { Note } from '../music/notes';
import { clampMove } from './gestures/move-notes';
import { existing } from './gestures/plan-notes';
import type { ScoreView } from './score-view';

const KIND = 'antiphon/notes';

/** Offset from the first copied note, and everything else as in a score. */
export interface CopiedNote {
  readonly track: string;
  readonly pitch: number;
  readonly offset: number;
  readonly duration: number;
  readonly velocity: number;
  readonly muted: boolean;
}

export interface Copied {
  /** Where the first note stood. */
  readonly start: number;
  readonly notes: readonly CopiedNote[];
}

/** The notes as text; null when there is nothing to copy. */
export function copyNotes(view: ScoreView, ids: Iterable<string>): string | null {
  const notes = existing(view, ids).sort((a, b) => a.start - b.start || a.pitch - b.pitch);
  const start = notes[0]?.start;
  if (start === undefined) return null;
  const rows = notes.map((note) => [
    note.track,
    note.pitch,
    note.start - start,
    note.duration,
    note.velocity,
    view.isMuted(note.id) ? 1 : 0,
  ]);
  return JSON.stringify({ kind: KIND, v: 1, start, notes: rows });
}

/** What `text` holds; null when it is not ours, also in part. */
export function readCopied(text: string): Copied | null {
  if (!text.startsWith('{') || !text.includes(KIND)) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null) return null;
  const { kind, v, start, notes: rows } = parsed as Record<string, unknown>;
  if (kind !== KIND || v !== 1 || !isTick(start) || !Array.isArray(rows)) return null;
  const notes: CopiedNote[] = [];
  for (const row of rows as unknown[]) {
    const note = readRow(row);
    if (note === null) return null;
    notes.push(note);
  }
  return notes.length === 0 ? null : { start, notes };
}

/**
 * The copied notes as new ones at `tick`. What was on one track goes to `track`; what was on
 * several goes back to its own where that exists, else to `track`.
 */
export function pasted(view: ScoreView, copied: Copied, tick: number, track: string): Note[] {
  const several = new Set(copied.notes.map((note) => note.track)).size > 1;
  const notes = copied.notes.map((note) => ({
    id: newId(NOTE_ID),
    track: several && view.track(note.track) !== undefined ? note.track : track,
    pitch: note.pitch,
    start: note.offset,
    duration: note.duration,
    velocity: note.velocity,
  }));
  const { dt } = clampMove(notes, { dt: tick, dp: 0 });
  return notes.map((note) => ({ ...note, start: note.start + dt }));
}

function readRow(row: unknown): CopiedNote | null {
  if (!Array.isArray(row)) return null;
  const [track, pitch, offset, duration, velocity, muted] = row as unknown[];
  if (typeof track !== 'string' || !isTick(pitch) || pitch > 127) return null;
  if (!isTick(offset) || !isTick(duration) || duration < 1) return null;
  if (!isTick(velocity) || velocity < 1 || velocity > 127) return null;
  return { track, pitch, offset, duration, velocity, muted: muted === 1 };
}

function isTick(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31;
}
