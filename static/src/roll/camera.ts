/** Where the roll looks: scrolling, zooming, fitting. Writes the view signals of `Editing`. */
import { batch } from '@preact/signals-core';

import { TICKS_PER_QUARTER, type Note } from '../music/notes';
import type { Stage } from './stage';
import { eachBetween } from './visible';

const LEAST_ZOOM = 0.02;
const MOST_ZOOM = 960;
const LEAST_ROW = 4;
const MOST_ROW = 36;
/** Heights of a row when a score opens, in pixels. */
const DESK_ROWS = { least: 10, most: 14 };
const PHONE_ROWS = { least: 13, most: 16 };
/** Bars in sight when a score opens. */
const DESK_BARS = 8;
const PHONE_BARS = 3.5;
/** Bars that can be scrolled through however short the score is. */
const ROOM_BARS = 32;
/** Notes that decide at which pitches a score opens. */
const FIRST_NOTES = 200;

export class Camera {
  constructor(private readonly stage: Stage) {}

  private get pixelsPerTick(): number {
    return this.stage.geometry.peek().pixelsPerTick;
  }

  scrollBy(dx: number, dy: number): void {
    const { editing } = this.stage;
    batch(() => {
      if (dx !== 0) this.scrollTo(editing.left.peek() + dx / this.pixelsPerTick);
      if (dy !== 0) this.setTop(editing.top.peek() - dy / editing.rowHeight.peek());
    });
  }

  /** Rows of drums, down by `rows`. */
  scrollDrums(rows: number): void {
    const { input, drums } = this.stage.geometry.peek();
    const most = Math.max(0, input.drumRows.length - Math.floor((drums.height - 7) / 14));
    const { drumTop } = this.stage.editing;
    drumTop.value = Math.min(most, Math.max(0, drumTop.peek() + rows));
  }

  /** There is room to write beyond the end: three quarters of a screen. */
  scrollTo(tick: number): void {
    const { view, editing } = this.stage;
    const most = Math.max(view.end, view.meter.barStart(ROOM_BARS), editing.cell.peek().tick);
    const limit = Math.max(0, most - this.seen() * 0.25);
    editing.left.value = Math.min(limit, Math.max(0, tick));
  }

  private setTop(top: number): void {
    const { grid, rowHeight } = this.stage.geometry.peek();
    const least = Math.min(128, grid.height / rowHeight);
    this.stage.editing.top.value = Math.min(128, Math.max(least, top));
  }

  /** Zooms time by a factor and leaves the place at `x` where it is. */
  zoomTime(factor: number, x: number): void {
    const geometry = this.stage.geometry.peek();
    const at = geometry.tick(Math.max(x, geometry.grid.x));
    const { editing } = this.stage;
    const zoom = Math.min(MOST_ZOOM, Math.max(this.leastZoom(), editing.zoom.peek() * factor));
    batch(() => {
      editing.zoom.value = zoom;
      this.scrollTo(at - (Math.max(x, geometry.grid.x) - geometry.grid.x) / this.pixelsPerTick);
    });
  }

  /** Far enough out to see the whole score with some air. */
  private leastZoom(): number {
    const { grid } = this.stage.geometry.peek();
    const length = Math.max(this.stage.view.end, this.stage.view.meter.barStart(16));
    return Math.max(LEAST_ZOOM, ((grid.width / length) * TICKS_PER_QUARTER) / 1.25);
  }

  /** Zooms the rows by a factor and leaves the pitch at `y` where it is. */
  zoomRows(factor: number, y: number): void {
    const { editing } = this.stage;
    const { grid } = this.stage.geometry.peek();
    const before = editing.rowHeight.peek();
    const row = Math.min(MOST_ROW, Math.max(LEAST_ROW, before * factor));
    const inside = Math.min(Math.max(y, grid.y), grid.y + grid.height) - grid.y;
    const pitch = editing.top.peek() - inside / before;
    batch(() => {
      editing.rowHeight.value = row;
      this.setTop(pitch + inside / row);
    });
  }

  showTime(left: number, right: number): void {
    const { grid } = this.stage.geometry.peek();
    const { editing } = this.stage;
    const zoom = (grid.width / Math.max(1, right - left)) * TICKS_PER_QUARTER;
    batch(() => {
      editing.zoom.value = Math.min(MOST_ZOOM, Math.max(this.leastZoom(), zoom));
      this.scrollTo(left);
    });
  }

  /** The first look at a score: eight bars, at the pitches of its first notes. */
  open(): void {
    const geometry = this.stage.geometry.peek();
    const { phone } = geometry.input.measures;
    const { meter } = this.stage.view;
    const bar = meter.barStart(1) - meter.barStart(0);
    const { editing } = this.stage;
    batch(() => {
      const bars = phone ? PHONE_BARS : Math.min(DESK_BARS, Math.max(2, geometry.grid.width / 100));
      this.showTime(0, bar * bars);
      const { low, high } = this.firstRange();
      const fit = geometry.grid.height / (high - low + 8);
      const rows = phone ? PHONE_ROWS : DESK_ROWS;
      editing.rowHeight.value = Math.min(rows.most, Math.max(rows.least, fit));
      this.centre(low, high);
    });
  }

  /** The pitches that a score opens at: its first notes, without the rare extremes. */
  private firstRange(): { readonly low: number; readonly high: number } {
    const pitches: number[] = [];
    for (const { id, kind } of this.stage.shownTracks) {
      if (kind === 'drums') continue;
      for (const note of this.stage.view.notesOf(id).notes.slice(0, FIRST_NOTES)) {
        pitches.push(note.pitch);
      }
    }
    pitches.sort((a, b) => a - b);
    const low = pitches[Math.floor(pitches.length * 0.02)] ?? 48;
    return { low, high: pitches[Math.floor(pitches.length * 0.98)] ?? 84 };
  }

  /** Puts a range in the middle; what is too tall shows the current track's first note. */
  private centre(low: number, high: number): void {
    const { grid } = this.stage.geometry.peek();
    const rows = grid.height / this.stage.editing.rowHeight.peek();
    this.setTop((low + high + 1) / 2 + rows / 2);
    const track = this.stage.currentTrack;
    const first = track && track.kind !== 'drums' && this.stage.view.notesOf(track.id).notes[0];
    if (first) this.reveal(0, first.pitch);
  }

  /** The whole score in sight. */
  fitAll(): void {
    const { view } = this.stage;
    const end = Math.max(view.end, view.meter.barStart(4));
    batch(() => {
      this.showTime(0, end * 1.02);
      this.fitPitches(this.stage.shownTracks.flatMap((t) => [...view.notesOf(t.id).notes]));
    });
  }

  fitNotes(notes: readonly Note[]): void {
    if (notes.length === 0) return;
    let left = Infinity;
    let right = 0;
    for (const { start, duration } of notes) {
      left = Math.min(left, start);
      right = Math.max(right, start + duration);
    }
    const air = Math.max(TICKS_PER_QUARTER, (right - left) * 0.08);
    batch(() => {
      this.showTime(Math.max(0, left - air), right + air);
      this.fitPitches(notes);
    });
  }

  private fitPitches(notes: readonly Note[]): void {
    let low = 127;
    let high = 0;
    for (const note of notes) {
      if (this.stage.isDrums(note.track)) continue;
      low = Math.min(low, note.pitch);
      high = Math.max(high, note.pitch);
    }
    if (high < low) return;
    const { grid } = this.stage.geometry.peek();
    const row = Math.min(18, Math.max(LEAST_ROW, grid.height / (high - low + 5)));
    this.stage.editing.rowHeight.value = row;
    this.setTop((low + high + 1) / 2 + grid.height / row / 2);
  }

  /** Scrolls as little as needed to bring a place into sight. */
  reveal(tick: number, pitch: number | null): void {
    const geometry = this.stage.geometry.peek();
    const margin = Math.min(60, geometry.grid.width / 6) / geometry.pixelsPerTick;
    batch(() => {
      if (tick < geometry.left + margin) this.scrollTo(tick - margin);
      else if (tick > geometry.right - margin) this.scrollTo(tick + margin - this.seen());
      if (pitch === null) return;
      const top = this.stage.editing.top.peek();
      const rows = geometry.grid.height / geometry.rowHeight;
      if (pitch + 2 > top) this.setTop(pitch + 2);
      else if (pitch - 1 < top - rows) this.setTop(pitch - 1 + rows);
    });
  }

  private seen(): number {
    return this.stage.geometry.peek().grid.width / this.pixelsPerTick;
  }

  /** Keeps the playhead in sight: glides with it, or turns the page where motion is unwelcome. */
  follow(tick: number, still: boolean): void {
    const geometry = this.stage.geometry.peek();
    const seen = geometry.right - geometry.left;
    if (still || seen * geometry.pixelsPerTick < 200) {
      if (tick < geometry.left || tick > geometry.right) this.scrollTo(tick);
      return;
    }
    const hold = geometry.left + seen * 0.4;
    if (tick < geometry.left || tick > geometry.right) this.scrollTo(tick - seen * 0.1);
    else if (tick > hold) this.scrollTo(geometry.left + (tick - hold));
  }

  /** Puts limits back in force after a change of size. */
  settle(): void {
    const { left, top } = this.stage.editing;
    batch(() => {
      this.scrollTo(left.peek());
      this.setTop(top.peek());
    });
  }

  /** The note of the current track under the cell. */
  noteAtCell(): Note | null {
    const { editing, view } = this.stage;
    const { tick, pitch } = editing.cell.peek();
    let found: Note | null = null;
    eachBetween(view.notesOf(editing.track.peek()), tick, tick + 1, (note) => {
      if (note.pitch === pitch) found ??= note;
    });
    return found;
  }
}
