/** Plain music beside the live document, kept up to date in the time of what changed. */

import type { KeyEvent, LanePoint, Marker, MeterEvent, Note, TempoEvent, Track } from '../music/notes';
import type { MeterMap } from '../music/meter-map';
import type { TempoMap } from '../music/tempo-map';
import { ROOT_NAMES, type RootName } from './gesture';
import { LaneBook } from './lane-book';
import { NoteBook } from './note-book';
import type { Roots, ChangedKeys } from './roots';
import type { NoteChange, ScoreChange, TrackNotes } from './score-view';
import { Timeline } from './timeline';
import { RECOVERED, TrackBook } from './track-book';

export type MirrorChange = Omit<ScoreChange, 'origin'>;

export class Mirror {
  private readonly book = new NoteBook();
  private readonly trackBook = new TrackBook();
  private readonly laneBook = new LaneBook();
  private readonly timeline = new Timeline();
  private readonly muted = new Set<string>();

  constructor(private roots: Roots) {
    this.update(everyKey(roots));
  }

  get tracks(): readonly Track[] {
    return this.trackBook.tracks;
  }

  get noteCount(): number {
    return this.book.count;
  }

  get end(): number {
    return this.book.end;
  }

  get tempo(): TempoMap {
    return this.timeline.tempo;
  }

  get meter(): MeterMap {
    return this.timeline.meter;
  }

  get tempoEvents(): readonly TempoEvent[] {
    return this.timeline.tempoEvents;
  }

  get meterEvents(): readonly MeterEvent[] {
    return this.timeline.meterEvents;
  }

  get keyEvents(): readonly KeyEvent[] {
    return this.timeline.keyEvents;
  }

  get markers(): readonly Marker[] {
    return this.timeline.markers;
  }

  track(id: string): Track | undefined {
    return this.trackBook.track(id) ?? (id === RECOVERED.id ? RECOVERED : undefined);
  }

  notesOf(track: string): TrackNotes {
    return this.book.notesOf(track);
  }

  note(id: string): Note | undefined {
    return this.book.note(id);
  }

  isMuted(noteId: string): boolean {
    return this.muted.has(noteId);
  }

  attribute(noteId: string, name: string): string | number | undefined {
    const value = this.roots.get('noteAttrs', `${noteId}:${name}`);
    return typeof value === 'string' || typeof value === 'number' ? value : undefined;
  }

  lane(track: string, controller: string): readonly LanePoint[] {
    return this.laneBook.points(track, controller);
  }

  lanesOf(track: string): readonly string[] {
    return this.laneBook.controllers(track);
  }

  /** The track id that the document holds for a shown note. */
  writtenTrack(note: Note): string {
    return this.book.writtenTrack(note);
  }

  /** Where something new on "Recovered" is written to; null while nothing is recovered. */
  anyStrayTrack(): string | null {
    return this.book.anyStrayTrack();
  }

  /** Takes in the keys that one transaction changed. */
  update(changed: ChangedKeys): MirrorChange {
    const trackKeys = changed.get('tracks');
    const { come, gone } = this.trackBook.read(this.roots, trackKeys ?? []);
    const hadStrays = this.book.hasStrays;
    const notes = this.readNotes(changed.get('notes'), this.book.displaced(come, gone));
    for (const id of this.readMutes(changed.get('noteAttrs') ?? [])) {
      const note = this.book.note(id) ?? null;
      if (note !== null && !notes.has(id)) notes.set(id, { before: note, after: note });
    }
    const tracks = trackKeys !== undefined || hadStrays !== this.book.hasStrays;
    if (tracks) this.trackBook.arrange(this.book.hasStrays);
    const timeline = this.timeline.read(this.roots, changed);
    const laneKeys = changed.get('lanes');
    if (laneKeys !== undefined) this.laneBook.read(this.roots, laneKeys);
    return { notes, tracks, timeline, lanes: laneKeys !== undefined };
  }

  /** Shows another document from now on; tells what differs. */
  moveTo(roots: Roots): MirrorChange {
    const changed = everyKey(this.roots, roots);
    this.roots = roots;
    return this.update(changed);
  }

  private readNotes(
    written: ReadonlySet<string> | undefined,
    displaced: readonly string[],
  ): Map<string, NoteChange> {
    const exists = (track: string): boolean => this.trackBook.track(track) !== undefined;
    if (displaced.length === 0) return this.book.read(this.roots, written ?? [], exists);
    return this.book.read(this.roots, new Set([...displaced, ...(written ?? [])]), exists);
  }

  /** Ids of notes whose mute changed. */
  private readMutes(keys: Iterable<string>): string[] {
    const changed: string[] = [];
    for (const key of keys) {
      if (!key.endsWith(':muted')) continue;
      const id = key.slice(0, -':muted'.length);
      const muted = this.roots.get('noteAttrs', key) === 1;
      if (muted === this.muted.has(id)) continue;
      if (muted) this.muted.add(id);
      else this.muted.delete(id);
      changed.push(id);
    }
    return changed;
  }
}

function everyKey(...documents: readonly Roots[]): ChangedKeys {
  const keys = new Map<RootName, Set<string>>();
  for (const root of ROOT_NAMES) {
    const known = new Set<string>();
    for (const roots of documents) for (const key of roots.map(root).keys()) known.add(key);
    keys.set(root, known);
  }
  return keys;
}
