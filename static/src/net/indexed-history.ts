/** Undo of one score and tab in IndexedDB, so that it survives a reload. */

import type { HistoryStore, Stacks } from '../doc/history';
import type { Step } from '../doc/step';
import { answered, keysOf, openDatabase } from './database';
import { tabName } from './tab';

const NAME = 'antiphon-history';
const STEPS = 'steps';
const STACKS = 'stacks';
/** Histories of tabs that were closed longer ago are thrown away. */
const KEPT_MS = 14 * 24 * 3600 * 1000;

interface StoredStacks extends Stacks {
  readonly saved: number;
}

const NOTHING: Stacks = { undo: [], redo: [] };

export class IndexedHistory implements HistoryStore {
  private database: IDBDatabase | null = null;
  private owner = '';

  constructor(private readonly scoreId: string) {}

  async load(): Promise<{ stacks: Stacks; steps: Step[] }> {
    try {
      this.owner = `${this.scoreId}/${await tabName()}`;
      this.database = await openDatabase(NAME, [STEPS, STACKS]);
      await this.forgetOld(this.database);
      const transaction = this.database.transaction([STEPS, STACKS]);
      const [stacks, steps] = await Promise.all([
        answered(readStacks(transaction.objectStore(STACKS), this.owner)),
        answered(transaction.objectStore(STEPS).getAll(keysOf(this.owner)) as IDBRequest<Step[]>),
      ]);
      return { stacks: stacks ?? NOTHING, steps };
    } catch {
      // A browser that keeps nothing (private windows) still has the undo of this page.
      this.database = null;
      return { stacks: NOTHING, steps: [] };
    }
  }

  save(stacks: Stacks, added: readonly Step[], removed: readonly number[]): void {
    if (this.database === null) return;
    let transaction: IDBTransaction;
    try {
      transaction = this.database.transaction([STEPS, STACKS], 'readwrite');
    } catch {
      // The browser has closed the database: the history is of this page from now on.
      this.database = null;
      return;
    }
    const steps = transaction.objectStore(STEPS);
    for (const step of added) steps.put(step, [this.owner, step.id]);
    for (const id of removed) steps.delete([this.owner, id]);
    const stored: StoredStacks = { ...stacks, saved: Date.now() };
    transaction.objectStore(STACKS).put(stored, this.owner);
  }

  private async forgetOld(database: IDBDatabase): Promise<void> {
    const transaction = database.transaction([STEPS, STACKS], 'readwrite');
    const stacks = transaction.objectStore(STACKS);
    const [owners, values] = await Promise.all([
      answered(stacks.getAllKeys()),
      answered(stacks.getAll() as IDBRequest<StoredStacks[]>),
    ]);
    owners.forEach((owner, index) => {
      const saved = values[index]?.saved ?? 0;
      if (typeof owner !== 'string' || owner === this.owner || Date.now() - saved < KEPT_MS) return;
      stacks.delete(owner);
      transaction.objectStore(STEPS).delete(keysOf(owner));
    });
  }
}

function readStacks(store: IDBObjectStore, owner: string): IDBRequest<StoredStacks | undefined> {
  return store.get(owner) as IDBRequest<StoredStacks | undefined>;
}
