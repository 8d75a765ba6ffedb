/** The live document as a score that can be edited, with an undo of its own. */

import type { ReadonlySignal } from '@preact/signals-core';
import * as Y from 'yjs';
import type { MeterMap } from '../music/meter-map';
import type { KeyEvent, LanePoint, Marker, MeterEvent, Note, TempoEvent, Track } from '../music/notes';
import type { TempoMap } from '../music/tempo-map';
import { reversal, type Entry, type Reversal } from './entry';
import { isFlat, sameValue, type Change, type Gesture, type Value } from './gesture';
import { History, type HistoryLabels, type HistoryStore, type Way } from './history';
import { Mirror, type MirrorChange } from './mirror';
import { Roots } from './roots';
import {
  RECOVERED_TRACK,
  type ChangeOrigin,
  type ScoreChange,
  type ScoreView,
  type TrackNotes,
} from './score-view';
import { packStep, unpackStep } from './step';
import type { UndoReport } from './undo-report';

/** Origins of our own transactions; everything else is somebody else's. */
export const LOCAL_ORIGIN = Symbol('gesture');
export const UNDO_ORIGIN = Symbol('undo');

/** What becomes of a key that is not to be taken back. */
const KEPT: Reversal = { write: false, value: null, left: true };

/** Keys that this tab has just written, in the order of its transactions. */
export type WriteListener = (changes: readonly Change[]) => void;

export class ScoreDocument implements ScoreView {
  /** While set, gestures go here instead of into the document (a template, a role that listens). */
  readOnlyIntercept: ((gesture: Gesture) => void) | null = null;
  /** The name of the person behind a client id, as far as it is known. */
  nameOf: (client: number) => string | null = () => null;

  private roots: Roots;
  private readonly mirror: Mirror;
  private readonly steps = new History();
  private readonly listeners = new Set<(change: ScoreChange) => void>();
  private readonly writeListeners = new Set<WriteListener>();
  private stepId = 0;

  constructor(ydoc: Y.Doc = new Y.Doc()) {
    this.roots = new Roots(ydoc);
    this.mirror = new Mirror(this.roots);
    ydoc.on('afterTransaction', this.follow);
  }

  /** The document behind the score; another one after `moveTo`. */
  get ydoc(): Y.Doc {
    return this.roots.ydoc;
  }

  get history(): ReadonlySignal<HistoryLabels> {
    return this.steps.labels;
  }

  /** Bytes that the undo history takes. */
  get historySize(): number {
    return this.steps.size;
  }

  /** Brings back this tab's undo from before a reload and keeps it from now on. */
  async keepHistory(store: HistoryStore): Promise<void> {
    await this.steps.restore(store);
    this.stepId = Math.max(this.stepId, this.steps.nextId - 1);
  }

  /** Writes a gesture as one transaction and one step of undo; false when nothing changes. */
  apply(gesture: Gesture): boolean {
    if (this.readOnlyIntercept !== null) {
      this.readOnlyIntercept(gesture);
      return false;
    }
    const entries = this.entriesOf(gesture.changes);
    if (entries.length === 0) return false;
    this.write(entries.map(toAfter), LOCAL_ORIGIN);
    this.stepId += 1;
    this.steps.push(packStep(this.stepId, gesture.label, entries));
    return true;
  }

  undo(): UndoReport | null {
    return this.revert('undo');
  }

  redo(): UndoReport | null {
    return this.revert('redo');
  }

  /** Writes changes again that the server never stored; no step of undo, it has one already. */
  reapply(changes: readonly Change[]): void {
    const entries = this.entriesOf(changes);
    if (entries.length > 0) this.write(entries.map(toAfter), LOCAL_ORIGIN);
  }

  /** Shows `ydoc` from now on, in place: what differs is told as content that arrived. */
  moveTo(ydoc: Y.Doc): void {
    this.roots.ydoc.off('afterTransaction', this.follow);
    this.roots = new Roots(ydoc);
    const change = this.mirror.moveTo(this.roots);
    ydoc.on('afterTransaction', this.follow);
    this.tell(change, 'load');
  }

  /** Hears every write of this tab as plain values, before anybody has stored it. */
  onWrite(listener: WriteListener): () => void {
    this.writeListeners.add(listener);
    return () => this.writeListeners.delete(listener);
  }

  onChange(listener: (change: ScoreChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get tracks(): readonly Track[] {
    return this.mirror.tracks;
  }

  get noteCount(): number {
    return this.mirror.noteCount;
  }

  get tempo(): TempoMap {
    return this.mirror.tempo;
  }

  get meter(): MeterMap {
    return this.mirror.meter;
  }

  get tempoEvents(): readonly TempoEvent[] {
    return this.mirror.tempoEvents;
  }

  get meterEvents(): readonly MeterEvent[] {
    return this.mirror.meterEvents;
  }

  get keyEvents(): readonly KeyEvent[] {
    return this.mirror.keyEvents;
  }

  get markers(): readonly Marker[] {
    return this.mirror.markers;
  }

  get end(): number {
    return this.mirror.end;
  }

  track(id: string): Track | undefined {
    return this.mirror.track(id);
  }

  notesOf(track: string): TrackNotes {
    return this.mirror.notesOf(track);
  }

  note(id: string): Note | undefined {
    return this.mirror.note(id);
  }

  isMuted(noteId: string): boolean {
    return this.mirror.isMuted(noteId);
  }

  attribute(noteId: string, name: string): string | number | undefined {
    return this.mirror.attribute(noteId, name);
  }

  lane(track: string, controller: string): readonly LanePoint[] {
    return this.mirror.lane(track, controller);
  }

  lanesOf(track: string): readonly string[] {
    return this.mirror.lanesOf(track);
  }

  private readonly follow = (transaction: Y.Transaction): void => {
    const changed = this.roots.changedBy(transaction);
    if (changed.size === 0) return;
    const empty = this.mirror.noteCount === 0 && this.mirror.tracks.length === 0;
    this.tell(this.mirror.update(changed), originOf(transaction.origin, empty));
  };

  private tell(change: MirrorChange, origin: ChangeOrigin): void {
    const { notes, tracks, timeline, lanes } = change;
    if (notes.size === 0 && !tracks && !timeline && !lanes) return;
    for (const listener of this.listeners) listener({ ...change, origin });
  }

  /** What the changes alter, each key once (its last value), with what it holds now. */
  private entriesOf(changes: readonly Change[]): Entry[] {
    const values = new Map<Change['root'], Map<string, Value | null>>();
    for (const { root, key, value } of changes) {
      const known = values.get(root);
      if (known === undefined) values.set(root, new Map([[key, value]]));
      else known.set(key, value);
    }
    const entries: Entry[] = [];
    for (const [root, keys] of values) {
      for (const [key, value] of keys) {
        if (root === 'tracks' && key.startsWith(`${RECOVERED_TRACK}:`)) continue;
        const after = root === 'notes' ? this.onItsTrack(key, value) : value;
        const before = this.roots.get(root, key);
        if (!sameValue(before, after)) entries.push({ root, key, before, after });
      }
    }
    return entries;
  }

  /** "Recovered" is only shown: a note on it is written to the track that it names. */
  private onItsTrack(id: string, value: Value | null): Value | null {
    if (!isFlat(value) || value[0] !== RECOVERED_TRACK) return value;
    const note = this.mirror.note(id);
    const own = note === undefined ? RECOVERED_TRACK : this.mirror.writtenTrack(note);
    const track = own === RECOVERED_TRACK ? this.mirror.anyStrayTrack() : own;
    return track === null ? value : [track, ...value.slice(1)];
  }

  private write(changes: readonly Change[], origin: symbol): void {
    this.ydoc.transact(() => {
      for (const { root, key, value } of changes) {
        const map = this.roots.map(root);
        if (value === null) map.delete(key);
        else map.set(key, value);
      }
    }, origin);
    for (const listener of this.writeListeners) listener(changes);
  }

  /** Takes the topmost step back, as far as nobody has changed since what it wrote. */
  private revert(way: Way): UndoReport | null {
    const step = this.readOnlyIntercept === null ? this.steps.top(way) : null;
    if (step === null) return null;
    const entries = unpackStep(step, (id) => this.roots.get('notes', id));
    const held = this.heldTracks(entries);
    const written: Entry[] = [];
    const left: Entry[] = [];
    for (const entry of entries) {
      const { root, key } = entry;
      const before = this.roots.get(root, key);
      const keep = root === 'tracks' && held.has(key.slice(0, key.indexOf(':')));
      const plan = keep ? KEPT : reversal(entry, before);
      if (plan.left) left.push(entry);
      if (plan.write) written.push({ root, key, before, after: plan.value });
    }
    if (written.length > 0) this.write(written.map(toAfter), UNDO_ORIGIN);
    this.stepId += 1;
    const made = written.length > 0 ? packStep(this.stepId, step.label, written) : null;
    this.steps.turn(way, made);
    return this.report(step.label, entries, left);
  }

  /** Tracks that taking `entries` back would delete although somebody else has notes on them. */
  private heldTracks(entries: readonly Entry[]): ReadonlySet<string> {
    const held = new Set<string>();
    const own = new Set(entries.filter(({ root }) => root === 'notes').map(({ key }) => key));
    const isForeign = ({ id }: Note): boolean =>
      !own.has(id) && this.roots.writer('notes', id) !== this.ydoc.clientID;
    for (const { root, key, before } of entries) {
      if (root !== 'tracks' || before !== null || !key.endsWith(':order')) continue;
      const track = key.slice(0, key.indexOf(':'));
      if (this.mirror.notesOf(track).notes.some(isForeign)) held.add(track);
    }
    return held;
  }

  private report(label: string, entries: readonly Entry[], left: readonly Entry[]): UndoReport {
    const notes = entries.some(({ root }) => root === 'notes');
    const counted = (list: readonly Entry[]): number =>
      notes ? list.filter(({ root }) => root === 'notes').length : list.length;
    const names = new Set<string>();
    for (const { root, key } of left) {
      const client = this.roots.writer(root, key);
      const name = client === null ? null : this.nameOf(client);
      if (name !== null) names.add(name);
    }
    return { label, notes, total: counted(entries), left: counted(left), by: [...names] };
  }
}

function toAfter({ root, key, after }: Entry): Change {
  return { root, key, value: after };
}

function originOf(origin: unknown, empty: boolean): ChangeOrigin {
  if (origin === LOCAL_ORIGIN) return 'local';
  if (origin === UNDO_ORIGIN) return 'undo';
  return empty ? 'load' : 'remote';
}
