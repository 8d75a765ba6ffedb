/** The roll without its pixels: score, view, and what the running gesture shows. */
import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';

import type { CurrentCandidate } from '../ai/suggestion-state';
import type { Gesture } from '../doc/gesture';
import type { ScoreChange, ScoreView } from '../doc/score-view';
import { t } from '../i18n/catalogue';
import type { Note, Track } from '../music/notes';
import { Density } from './density';
import { drumRows } from './drum-rows';
import type { Editing } from './editing';
import { Geometry, measures } from './geometry';
import { ALONE, type Ports } from './ports';
import { NO_IDS, type Guide, type Hover, type Marquee, type Pill, type Preview } from './preview';
import type { Snapping } from './snapping';

export class Stage {
  readonly size = signal({ width: 0, height: 0 });
  readonly preview: Signal<Preview | null> = signal<Preview | null>(null);
  readonly marquee: Signal<Marquee | null> = signal<Marquee | null>(null);
  readonly guide: Signal<Guide | null> = signal<Guide | null>(null);
  readonly pill: Signal<Pill | null> = signal<Pill | null>(null);
  readonly hover: Signal<Hover | null> = signal<Hover | null>(null);
  /** Keys of the column that are held down. */
  readonly pressed: Signal<ReadonlySet<number>> = signal<ReadonlySet<number>>(new Set<number>());
  /** Grows with every change of the score. */
  readonly revision = signal(0);
  readonly geometry: ReadonlySignal<Geometry>;
  readonly density = new Density();
  ports: Ports = ALONE;
  /** Notes that other people drag right now. */
  heldByOthers: ReadonlySet<string> = NO_IDS;
  /** Lets the page accept in its own way (with a toast); true when it did. */
  onAccept: (current: CurrentCandidate) => boolean = () => false;
  private readonly chosenCounts = computed(() => {
    const counts = new Map<string, number>();
    for (const { track } of this.notes(this.editing.selection.value)) {
      counts.set(track, (counts.get(track) ?? 0) + 1);
    }
    return counts;
  });
  private readonly drumKeys = signal<readonly number[]>([]);
  private release: () => void = () => undefined;

  constructor(
    readonly view: ScoreView,
    readonly editing: Editing,
  ) {
    this.geometry = computed(() => {
      const { width, height } = this.size.value;
      const sizes = measures(width, height, editing.laneShown.value);
      return new Geometry({
        width,
        height,
        measures: sizes,
        left: editing.left.value,
        zoom: editing.zoom.value,
        top: editing.top.value,
        rowHeight: editing.rowHeight.value,
        drumRows: this.rowsOnStage(sizes.phone),
        drumTop: editing.drumTop.value,
      });
    });
  }

  /** Starts to listen to the score. */
  open(changed: (change: ScoreChange) => void): void {
    const stop = this.view.onChange((change) => {
      this.heard(change);
      changed(change);
    });
    const hidden = this.editing.hiddenTracks.subscribe(() => {
      this.listDrums();
    });
    const current = this.editing.track.subscribe(() => {
      this.listDrums();
    });
    this.release = () => {
      stop();
      hidden();
      current();
    };
  }

  close(): void {
    this.release();
  }

  private heard(change: ScoreChange): void {
    batch(() => {
      this.density.changed(change.notes);
      if (change.tracks || change.origin === 'load') this.density.clear();
      if (change.tracks || this.touchesDrums(change)) this.listDrums();
      this.dropMissing(change);
      this.revision.value += 1;
    });
  }

  private touchesDrums(change: ScoreChange): boolean {
    const kinds = new Map(this.view.tracks.map((track) => [track.id, track.kind]));
    for (const { before, after } of change.notes.values()) {
      const track = after?.track ?? before?.track;
      if (track !== undefined && kinds.get(track) === 'drums') return true;
    }
    return false;
  }

  /** Notes that were deleted leave the selection. */
  private dropMissing(change: ScoreChange): void {
    const chosen = this.editing.selection.peek();
    if (chosen.size === 0) return;
    const gone = [...change.notes].filter(([id, { after }]) => !after && chosen.has(id));
    if (gone.length === 0) return;
    const left = new Set(chosen);
    for (const [id] of gone) left.delete(id);
    this.editing.select(left);
  }

  private listDrums(): void {
    const { hiddenTracks, track } = this.editing;
    const rows = drumRows(this.view, hiddenTracks.peek(), track.peek());
    const before = this.drumKeys.peek();
    if (rows.length === before.length && rows.every((row, i) => row === before[i])) return;
    this.drumKeys.value = rows;
  }

  /** A small screen shows drums only while a drum track is the current one. */
  private rowsOnStage(phone: boolean): readonly number[] {
    const current = this.view.track(this.editing.track.value);
    return phone && current?.kind !== 'drums' ? [] : this.drumKeys.value;
  }

  /** How many notes of a track are chosen; counted once for each choice. */
  chosenOn(track: string): number {
    return this.chosenCounts.peek().get(track) ?? 0;
  }

  get canWrite(): boolean {
    return this.ports.document !== null;
  }

  /** Writes a gesture; false when nothing could be written. */
  apply(gesture: Gesture): boolean {
    if (gesture.changes.length === 0) return false;
    const { document } = this.ports;
    if (!document) this.editing.status.value = t('roll.readOnly');
    return document?.apply(gesture) ?? false;
  }

  /** Writes the current candidate, or the ghosts that were picked out of it. */
  accept(current: CurrentCandidate): void {
    const { document, suggestions } = this.ports;
    if (!document || !suggestions || this.onAccept(current)) return;
    const picked = this.editing.ghostSelection.peek();
    const part = picked?.suggestion === current.suggestion
      && picked.candidate === current.candidate ? [...picked.ids] : undefined;
    suggestions.accept(document, current.suggestion, current.candidate, part);
    this.editing.ghostSelection.value = null;
  }

  /** Tracks that are shown, upper ones first. */
  get shownTracks(): readonly Track[] {
    const hidden = this.editing.hiddenTracks.peek();
    return this.view.tracks.filter((track) => !hidden.has(track.id));
  }

  get currentTrack(): Track | undefined {
    return this.view.track(this.editing.track.peek());
  }

  isDrums(track: string): boolean {
    return this.view.track(track)?.kind === 'drums';
  }

  /** The notes of a set of ids that still exist. */
  notes(ids: Iterable<string>): Note[] {
    const found: Note[] = [];
    for (const id of ids) {
      const note = this.view.note(id);
      if (note) found.push(note);
    }
    return found;
  }

  /** Upper edge of a note's row; null when its row is not on the stage. */
  rowY(note: { readonly track: string; readonly pitch: number }): number | null {
    const geometry = this.geometry.peek();
    return this.isDrums(note.track) ? geometry.drumY(note.pitch) : geometry.y(note.pitch);
  }

  get snapping(): Snapping {
    return {
      choice: this.editing.snap.peek(),
      meter: this.view.meter,
      pixelsPerTick: this.geometry.peek().pixelsPerTick,
    };
  }

  /** Takes away all that a gesture showed. */
  clearPreview(): void {
    batch(() => {
      this.preview.value = null;
      this.marquee.value = null;
      this.guide.value = null;
      this.pill.value = null;
    });
  }

  /** Notes that are on their way in somebody's hand: only their outline stays behind. */
  get hiddenIds(): ReadonlySet<string> {
    const mine = this.preview.peek()?.hidden ?? NO_IDS;
    if (this.heldByOthers.size === 0) return mine;
    return mine.size === 0 ? this.heldByOthers : new Set([...mine, ...this.heldByOthers]);
  }
}
