/** A document in IndexedDB as the updates that made it, gathered into one from time to time. */

import * as Y from 'yjs';
import { answered, keysOf } from './database';

/** From so many rows on they are replaced by the whole document. */
const MOST_ROWS = 300;

/**
 * The rows of one lineage: one document and what grew out of it. Several tabs may write rows of
 * the same lineage; each takes away only rows that its own document holds.
 */
export class ContentStore {
  private ydoc: Y.Doc | null = null;
  private rows: IDBValidKey[] = [];
  private count = 0;

  constructor(
    private readonly database: IDBDatabase,
    private readonly store: string,
    readonly lineage: string,
    private readonly tab: string,
  ) {}

  /** Fills `ydoc` with what is stored. */
  async load(ydoc: Y.Doc): Promise<void> {
    const store = this.database.transaction(this.store).objectStore(this.store);
    const range = keysOf(this.lineage);
    const [keys, updates] = await Promise.all([
      answered(store.getAllKeys(range)),
      answered(store.getAll(range) as IDBRequest<Uint8Array[]>),
    ]);
    const fill = (): void => {
      for (const update of updates) Y.applyUpdate(ydoc, update);
    };
    Y.transact(ydoc, fill, this, false);
    this.rows = keys;
    this.count = this.lastOwn(keys);
  }

  /** Stores every change of `ydoc` from now on; what it holds already too, unless it was loaded. */
  follow(ydoc: Y.Doc): void {
    this.ydoc = ydoc;
    if (this.rows.length === 0) this.add(Y.encodeStateAsUpdate(ydoc));
    ydoc.on('update', this.updated);
  }

  /** Stores nothing more; the rows stay. */
  stop(): void {
    this.ydoc?.off('update', this.updated);
    this.ydoc = null;
  }

  /** Takes all rows of the lineage away. */
  drop(): void {
    this.stop();
    this.write((store) => { store.delete(keysOf(this.lineage)); });
  }

  private readonly updated = (update: Uint8Array, origin: unknown): void => {
    if (origin === this) return;
    this.add(update);
    if (this.rows.length >= MOST_ROWS) this.gather();
  };

  private add(update: Uint8Array): void {
    this.count += 1;
    const key = [this.lineage, this.tab, this.count];
    this.rows.push(key);
    this.write((store) => { store.put(update, key); });
  }

  private gather(): void {
    if (this.ydoc === null) return;
    const gathered = this.rows;
    const whole = Y.encodeStateAsUpdate(this.ydoc);
    this.count += 1;
    const key = [this.lineage, this.tab, this.count];
    this.rows = [key];
    this.write((store) => {
      store.put(whole, key);
      for (const old of gathered) store.delete(old);
    });
  }

  /** A full disk or a closed database costs the copy, never the edit. */
  private write(act: (store: IDBObjectStore) => void): void {
    try {
      act(this.database.transaction(this.store, 'readwrite').objectStore(this.store));
    } catch {
      this.stop();
    }
  }

  /** The highest number that this tab has given to a row. */
  private lastOwn(keys: readonly IDBValidKey[]): number {
    let last = 0;
    for (const key of keys) {
      if (!Array.isArray(key) || key[1] !== this.tab) continue;
      const [, , number] = key;
      if (typeof number === 'number') last = Math.max(last, number);
    }
    return last;
  }
}
