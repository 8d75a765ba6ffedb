/**
 * The song from afar: runs of sounding time per pitch, merged to the resolution of a pixel.
 * Built block by block when looked at, forgotten block by block when notes change.
 */
import type { TrackNotes } from '../doc/score-view';
import type { Note } from '../music/notes';
import { eachBetween } from './visible';

/** Buckets in a block. */
const BLOCK = 512;
/** More changed notes than this forget everything: that is cheaper than to look each one up. */
const FORGET_ALL = 2000;

/** Triples of pitch, first tick, last tick. */
export type Runs = readonly number[];

export class Density {
  /** bucket size → track → block number → runs */
  private readonly levels = new Map<number, Map<string, Map<number, Runs>>>();

  /** The power of two of ticks that is at most one pixel wide. */
  static bucketFor(pixelsPerTick: number): number {
    return 2 ** Math.max(0, Math.floor(Math.log2(1 / pixelsPerTick)));
  }

  /** Calls `visit(pitch, start, end)` for the runs of a track in `[left, right)`. */
  eachRun(
    track: string,
    notes: TrackNotes,
    bucket: number,
    span: { readonly left: number; readonly right: number },
    visit: (pitch: number, start: number, end: number) => void,
  ): void {
    const blocks = this.blocksOf(bucket, track);
    const width = bucket * BLOCK;
    const last = Math.floor((span.right - 1) / width);
    for (let block = Math.max(0, Math.floor(span.left / width)); block <= last; block += 1) {
      let runs = blocks.get(block);
      if (runs === undefined) {
        runs = runsOf(notes, bucket, block * width, (block + 1) * width);
        blocks.set(block, runs);
      }
      for (let i = 0; i + 2 < runs.length; i += 3) {
        visit(runs[i] ?? 0, runs[i + 1] ?? 0, runs[i + 2] ?? 0);
      }
    }
  }

  /** Forgets the blocks that the changed notes lay or lie in. */
  changed(notes: ReadonlyMap<string, { before: Note | null; after: Note | null }>): void {
    if (notes.size > FORGET_ALL) {
      this.clear();
      return;
    }
    for (const { before, after } of notes.values()) {
      if (before) this.forget(before);
      if (after) this.forget(after);
    }
  }

  clear(): void {
    this.levels.clear();
  }

  private forget(note: Note): void {
    for (const [bucket, tracks] of this.levels) {
      const blocks = tracks.get(note.track);
      if (!blocks) continue;
      const width = bucket * BLOCK;
      const last = Math.floor((note.start + note.duration) / width);
      for (let at = Math.floor(note.start / width); at <= last; at += 1) blocks.delete(at);
    }
  }

  private blocksOf(bucket: number, track: string): Map<number, Runs> {
    let tracks = this.levels.get(bucket);
    if (!tracks) this.levels.set(bucket, (tracks = new Map<string, Map<number, Runs>>()));
    let blocks = tracks.get(track);
    if (!blocks) tracks.set(track, (blocks = new Map<number, Runs>()));
    return blocks;
  }
}

function runsOf(notes: TrackNotes, bucket: number, left: number, right: number): Runs {
  const runs: number[] = [];
  const open = new Int32Array(128).fill(-1);
  eachBetween(notes, left, right, (note) => {
    const start = Math.max(left, Math.floor(note.start / bucket) * bucket);
    const end = Math.min(right, Math.ceil((note.start + note.duration) / bucket) * bucket);
    const at = open[note.pitch] ?? -1;
    if (at >= 0 && start <= (runs[at + 2] ?? 0)) {
      runs[at + 2] = Math.max(runs[at + 2] ?? 0, end);
      return;
    }
    open[note.pitch] = runs.length;
    runs.push(note.pitch, start, end);
  });
  return runs;
}
