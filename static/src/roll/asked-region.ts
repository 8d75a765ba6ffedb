/** Which bars and tracks a suggestion is asked for, out of what the person has marked. */
import type { ScoreView, TrackNotes } from '../doc/score-view';
import type { Cell, TimeSpan } from './editing';

/** Bars of a request when nothing is marked. */
export const BARS_ASKED = 4;

export interface Marked {
  readonly region: TimeSpan | null;
  readonly loop: TimeSpan | null;
  /** Where the selected notes lie; null when there are none. */
  readonly chosen: Extent | null;
  readonly track: string;
  readonly cell: Cell;
  /** A continuation follows what is there: selected notes only say on which tracks. */
  readonly follows: boolean;
}

export interface AskedRegion extends TimeSpan {
  readonly tracks: readonly string[];
  /** What it was taken from, so that the sentence in the panel can say so. */
  readonly from: 'region' | 'loop' | 'selection' | 'next';
}

/**
 * The region of the next request: the time marked in the ruler, else the loop, else the selected
 * notes (unless it follows them), else the four bars after the last note of those tracks.
 */
export function askedRegion(view: ScoreView, marked: Marked): AskedRegion {
  const extent = marked.chosen;
  const tracks = extent?.tracks ?? currentTrack(view, marked.track);
  if (isSpan(marked.region)) return { ...marked.region, tracks, from: 'region' };
  if (isSpan(marked.loop)) return { ...marked.loop, tracks, from: 'loop' };
  if (extent && !marked.follows) return { start: extent.start, end: extent.end, tracks, from: 'selection' };
  return { ...nextBars(view, tracks, marked.cell.tick), tracks, from: 'next' };
}

function isSpan(span: TimeSpan | null): span is TimeSpan {
  return span !== null && span.end > span.start;
}

function currentTrack(view: ScoreView, track: string): string[] {
  if (view.tracks.some((each) => each.id === track)) return [track];
  const first = view.tracks[0];
  return first ? [first.id] : [];
}

export interface Extent extends TimeSpan {
  readonly tracks: readonly string[];
}

/** The time and the tracks that the notes cover; null when none of them exists. */
export function extentOf(view: ScoreView, ids: ReadonlySet<string>): Extent | null {
  let start = Infinity;
  let end = -Infinity;
  const found = new Set<string>();
  for (const id of ids) {
    const note = view.note(id);
    if (!note) continue;
    start = Math.min(start, note.start);
    end = Math.max(end, note.start + note.duration);
    found.add(note.track);
  }
  if (found.size === 0) return null;
  const tracks = view.tracks.map((track) => track.id).filter((id) => found.has(id));
  return { start, end, tracks: tracks.length > 0 ? tracks : [...found] };
}

/** The bars after the last note of `tracks`; those at `tick` when they are empty. */
function nextBars(view: ScoreView, tracks: readonly string[], tick: number): TimeSpan {
  let end = 0;
  for (const track of tracks) end = Math.max(end, endOf(view.notesOf(track)));
  const bar = end > 0 ? view.meter.barAt(end - 1) + 1 : view.meter.barAt(tick);
  return { start: view.meter.barStart(bar), end: view.meter.barStart(bar + BARS_ASKED) };
}

/** The last tick that a track's notes reach; only the last ones can reach it. */
function endOf({ notes, longest }: TrackNotes): number {
  let end = 0;
  for (let i = notes.length - 1; i >= 0; i -= 1) {
    const note = notes[i];
    if (!note || note.start + longest <= end) break;
    end = Math.max(end, note.start + note.duration);
  }
  return end;
}
