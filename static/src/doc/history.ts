/** The undo and redo stacks of one tab, kept across reloads. */

import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { Step } from './step';

const MOST_STEPS = 200;
const MOST_BYTES = 20_000_000;

/** Which steps stand on which stack, oldest first. */
export interface Stacks {
  readonly undo: readonly number[];
  readonly redo: readonly number[];
}

/** Where a tab's steps survive a reload. Writing fails silently: history is then of this page. */
export interface HistoryStore {
  load(): Promise<{ readonly stacks: Stacks; readonly steps: readonly Step[] }>;
  save(stacks: Stacks, added: readonly Step[], removed: readonly number[]): void;
}

/** Catalogue keys of what undo and redo would do next; null when there is nothing. */
export interface HistoryLabels {
  readonly undo: string | null;
  readonly redo: string | null;
}

export type Way = 'undo' | 'redo';

export class History {
  private undo: Step[] = [];
  private redo: Step[] = [];
  private bytes = 0;
  private store: HistoryStore | null = null;
  private readonly shown = signal<HistoryLabels>({ undo: null, redo: null });

  get labels(): ReadonlySignal<HistoryLabels> {
    return this.shown;
  }

  /** What the stored part of the stacks would take, in bytes. */
  get size(): number {
    return this.bytes;
  }

  get nextId(): number {
    return Math.max(0, ...[...this.undo, ...this.redo].map(({ id }) => id)) + 1;
  }

  /** Brings back an earlier page's steps, below those made since, and stores from now on. */
  async restore(store: HistoryStore): Promise<void> {
    const { stacks, steps } = await store.load();
    const byId = new Map(steps.map((step) => [step.id, step]));
    const found = (ids: readonly number[]): Step[] =>
      ids.flatMap((id) => byId.get(id) ?? []);
    const made = this.undo;
    const untouched = made.length === 0 && this.redo.length === 0;
    const before = found(stacks.undo);
    const offset = Math.max(0, ...stacks.undo, ...stacks.redo);
    const renamed = made.map((step) => ({ ...step, id: step.id + offset }));
    this.undo = [...before, ...renamed];
    if (untouched) this.redo = found(stacks.redo);
    this.bytes = [...this.undo, ...this.redo].reduce((sum, step) => sum + step.bytes, 0);
    this.store = store;
    this.publish(renamed, untouched ? [] : stacks.redo);
  }

  push(step: Step): void {
    const dropped = this.redo.splice(0);
    this.undo.push(step);
    this.bytes += step.bytes - dropped.reduce((sum, { bytes }) => sum + bytes, 0);
    while (this.undo.length > 1 && (this.undo.length > MOST_STEPS || this.bytes > MOST_BYTES)) {
      const oldest = this.undo.shift();
      if (oldest === undefined) break;
      this.bytes -= oldest.bytes;
      dropped.push(oldest);
    }
    this.publish([step], dropped.map(({ id }) => id));
  }

  /** The step that undo would take back, or redo do again; null when there is none. */
  top(way: Way): Step | null {
    return this[way].at(-1) ?? null;
  }

  /**
   * The topmost step is dealt with. `made` is what doing so wrote, to be taken back in turn: less
   * than the step where others had a say, null where nothing was left to do.
   */
  turn(way: Way, made: Step | null): void {
    const step = this[way].pop();
    if (step === undefined) return;
    if (made !== null) this[way === 'undo' ? 'redo' : 'undo'].push(made);
    this.bytes += (made?.bytes ?? 0) - step.bytes;
    this.publish(made === null ? [] : [made], [step.id]);
  }

  private publish(added: readonly Step[], removed: readonly number[]): void {
    this.shown.value = {
      undo: this.undo.at(-1)?.label ?? null,
      redo: this.redo.at(-1)?.label ?? null,
    };
    const ids = (steps: readonly Step[]): number[] => steps.map(({ id }) => id);
    this.store?.save({ undo: ids(this.undo), redo: ids(this.redo) }, added, removed);
  }
}
