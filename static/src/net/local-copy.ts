/** A score's copy in this browser, so that edits made offline survive a reload. */

import { IndexeddbPersistence } from 'y-indexeddb';
import type * as Y from 'yjs';
import type { Change } from '../doc/gesture';
import { answered, keysOf, openDatabase } from './database';
import type { Role } from './presence-state';
import { livingTabs, tabName } from './tab';

const NAME = 'antiphon-local';
const SCORES = 'scores';
const WAITING = 'waiting';

/** Edits that wait longer than this are kept as what they mean, not only as what they wrote. */
const KEEP_WAITING_MS = 1000;
/** A database that another tab blocks must not keep the page from the server. */
const PATIENCE_MS = 4000;

interface StoredScore {
  readonly epoch: number;
  readonly role: Role;
}

/** Writes in order, each as what it means. */
export type Edits = readonly (readonly Change[])[];

/** Every browser call may fail (private windows, a full disk): the page then works without. */
export class LocalCopy {
  private known: StoredScore | null = null;
  private persistence: IndexeddbPersistence | null = null;
  private edits: () => Edits = () => [];
  private timer: ReturnType<typeof setTimeout> | null = null;

  private constructor(
    private readonly scoreId: string,
    private readonly tab: string,
    private readonly database: IDBDatabase,
  ) {}

  static async open(scoreId: string): Promise<LocalCopy | null> {
    try {
      const database = await openDatabase(NAME, [SCORES, WAITING]);
      const copy = new LocalCopy(scoreId, await tabName(), database);
      const scores = database.transaction(SCORES).objectStore(SCORES);
      const stored = scores.get(scoreId) as IDBRequest<StoredScore | undefined>;
      copy.known = (await answered(stored)) ?? null;
      return copy;
    } catch {
      return null;
    }
  }

  /** The epoch of the copy; null when there is none. */
  get epoch(): number | null {
    return this.known?.epoch ?? null;
  }

  /** What one could do with the score when it was last open. */
  get role(): Role | null {
    return this.known?.role ?? null;
  }

  /** Fills `ydoc` from the copy and keeps the copy up to date from now on. */
  async load(ydoc: Y.Doc): Promise<void> {
    if (this.known === null) return;
    this.persistence = new IndexeddbPersistence(this.nameOf(this.known.epoch), ydoc);
    await Promise.race([this.persistence.whenSynced, pause(PATIENCE_MS)]);
  }

  /** Keeps `ydoc` as the copy from now on; an older epoch's copy goes. */
  keep(ydoc: Y.Doc, epoch: number, role: Role): void {
    const same = this.known?.epoch === epoch && this.persistence?.doc === ydoc;
    if (!same) this.dropContent();
    this.known = { epoch, role };
    this.write(SCORES, (store) => store.put(this.known, this.scoreId));
    if (!same) this.persistence = new IndexeddbPersistence(this.nameOf(epoch), ydoc);
  }

  /** Forgets the content: a viewer keeps no copy, and a lost right takes it away. */
  forget(): void {
    this.dropContent();
    this.known = null;
    this.write(SCORES, (store) => store.delete(this.scoreId));
  }

  /** Edits that no server has confirmed, from this tab before a reload and from closed tabs. */
  async waiting(): Promise<Edits> {
    const living = await livingTabs();
    const transaction = this.database.transaction(WAITING, 'readwrite');
    const store = transaction.objectStore(WAITING);
    const found: (readonly Change[])[] = [];
    for (const key of await answered(store.getAllKeys(keysOf(this.scoreId)))) {
      const tab = Array.isArray(key) ? key[1] : null;
      const closed = living !== null && typeof tab === 'string' && !living.has(tab);
      if (tab !== this.tab && !closed) continue;
      found.push(...(await answered(store.get(key) as IDBRequest<Edits>)));
      if (tab !== this.tab) store.delete(key);
    }
    return found;
  }

  /** Where the edits come from that wait to be confirmed. */
  watch(edits: () => Edits): void {
    this.edits = edits;
  }

  /** Something began or ceased to wait; what waits longer than a moment is kept. */
  keepWaitingSoon(): void {
    this.timer ??= setTimeout(() => { this.keepWaiting(); }, KEEP_WAITING_MS);
  }

  private keepWaiting(): void {
    this.timer = null;
    const edits = this.edits().filter((changes) => changes.length > 0);
    const key = [this.scoreId, this.tab];
    this.write(WAITING, (store) => (edits.length > 0 ? store.put(edits, key) : store.delete(key)));
  }

  /** Ends it; what waits is kept first. */
  async close(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.keepWaiting();
    await this.persistence?.destroy();
    this.persistence = null;
    this.database.close();
  }

  /** Not waited for: it lasts until no other tab has the same content open. */
  private dropContent(): void {
    const old = this.persistence;
    this.persistence = null;
    old?.clearData().catch(() => undefined);
  }

  private write(store: string, act: (store: IDBObjectStore) => unknown): void {
    try {
      act(this.database.transaction(store, 'readwrite').objectStore(store));
    } catch {
      // Closed, or out of space: the server still has what it acknowledged.
    }
  }

  private nameOf(epoch: number): string {
    return `antiphon-score/${this.scoreId}/${epoch}`;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
