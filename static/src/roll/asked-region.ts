/** Which bars and tracks a suggestion is asked for, out of what the person has marked. */
import type { ScoreView } from '../doc/score-view';
import type { Cell, TimeSpan } from './editing';

/** Bars of a request when nothing is marked. */
export const BARS_ASKED = 4;

export interface Marked {
  readonly region: TimeSpan | null;
  readonly loop: TimeSpan | null;
  readonly selection: ReadonlySet<string>;
  readonly track: string;
  readonly cell: Cell;
}

export interface AskedRegion extends TimeSpan {
  readonly tracks: readonly string[];
  /** What it was taken from, so that the sentence in the panel can say so. */
  readonly from: 'region' | 'loop' | 'selection' | 'next';
}

/**
 * The region of the next request: the time marked in the ruler, else the loop, else the selected
 * notes, else the four bars after the last note of the track.
 */
export function askedRegion(view: ScoreView, marked: Marked): AskedRegion {
  const extent = extentOf(view, marked.selection);
  const tracks = extent?.tracks ?? currentTrack(view, marked.track);
  if (isSpan(marked.region)) return { ...marked.region, tracks, from: 'region' };
  if (isSpan(marked.loop)) return { ...marked.loop, tracks, from: 'loop' };
  if (extent) return { start: extent.start, end: extent.end, tracks, from: 'selection' };
  return { ...nextBars(view, marked), tracks, from: 'next' };
}

function isSpan(span: TimeSpan | null): span is TimeSpan {
  return span !== null && span.end > span.start;
}

function currentTrack(view: ScoreView, track: string): string[] {
  if (view.tracks.some((each) => each.id === track)) return [track];
  const first = view.tracks[0];
  return first ? [first.id] : [];
}

interface Extent extends TimeSpan {
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

function nextBars(view: ScoreView, marked: Marked): TimeSpan {
  const after = view.noteCount > 0 ? view.end : marked.cell.tick;
  const first = after > 0 ? view.meter.barAt(after - 1) + 1 : 0;
  const bar = view.noteCount > 0 ? first : view.meter.barAt(after);
  return { start: view.meter.barStart(bar), end: view.meter.barStart(bar + BARS_ASKED) };
}
