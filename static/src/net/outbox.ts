/** Our edits from the moment they are made to the moment the server says that they are stored. */

import { signal, type ReadonlySignal } from '@preact/signals-core';
import * as Y from 'yjs';
import type { Change } from '../doc/gesture';

/** One write: what it means, and the frame of the current socket that carries it. */
interface Entry {
  readonly changes: readonly Change[];
  frame: number | null;
}

/** "Saved" is an empty outbox. */
export class Outbox {
  private entries: Entry[] = [];
  private updates: Uint8Array[] = [];
  private sent = 0;
  private readonly shown = signal(0);

  /** How many edits the server has not confirmed. */
  get unacked(): ReadonlySignal<number> {
    return this.shown;
  }

  /** What they wrote, in order: enough to write it again into another document. */
  get changes(): readonly (readonly Change[])[] {
    return this.entries.map(({ changes }) => changes);
  }

  /** Whether something waits to be put into a frame. */
  get waiting(): boolean {
    return this.updates.length > 0;
  }

  addUpdate(update: Uint8Array): void {
    this.updates.push(update);
  }

  addChanges(changes: readonly Change[]): void {
    this.entries.push({ changes, frame: null });
    this.publish();
  }

  /** What waits, as one update; from here on it rides in the next frame of the socket. */
  take(): Uint8Array | null {
    const [first] = this.updates;
    if (first === undefined) return null;
    const update = this.updates.length === 1 ? first : Y.mergeUpdates(this.updates);
    this.ride();
    return update;
  }

  /** A frame that carries none of our edits has been sent; the server counts it all the same. */
  pass(): void {
    this.sent += 1;
  }

  /** Everything made so far rides in a frame that has just been sent. */
  ride(): void {
    this.sent += 1;
    this.updates = [];
    for (const entry of this.entries) entry.frame ??= this.sent;
  }

  /** The server has stored the first `frames` frames of this socket. */
  acked(frames: number): boolean {
    const before = this.entries.length;
    this.entries = this.entries.filter(({ frame }) => frame === null || frame > frames);
    this.publish();
    return this.entries.length < before;
  }

  /** A new socket: nothing is under way, and a state vector will tell what is missing. */
  reconnected(): void {
    this.sent = 0;
    this.updates = [];
    for (const entry of this.entries) entry.frame = null;
  }

  /** Empties it; what it held is the caller's. */
  drain(): readonly (readonly Change[])[] {
    const changes = this.changes;
    this.entries = [];
    this.updates = [];
    this.publish();
    return changes;
  }

  private publish(): void {
    this.shown.value = this.entries.length;
  }
}
