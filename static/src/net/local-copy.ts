/** A score's copy in this browser, so that edits made offline survive a reload. */

import type * as Y from 'yjs';
import type { Change } from '../doc/gesture';
import { newId } from '../music/ids';
import { ContentStore } from './content-store';
import { answered, keysOf, openDatabase } from './database';
import type { Role } from './presence-state';
import { livingTabs, tabName } from './tab';

const NAME = 'antiphon-local';
const SCORES = 'scores';
const UPDATES = 'updates';
const WAITING = 'waiting';
const LINEAGE = 10;
/** Edits that wait longer than this are kept as what they mean, not only as what they wrote. */
const KEEP_WAITING_MS = 1000;
/** A database that answers nothing must not keep the page from the server. */
const PATIENCE_MS = 4000;

interface StoredScore {
  readonly epoch: number;
  readonly role: Role;
  /** The rows that hold its content. */
  readonly lineage: string;
}

/** Writes in order, each as what it means. */
export type Edits = readonly (readonly Change[])[];

/** Every call of the browser may fail (private windows, a full disk): the page works without. */
export class LocalCopy {
  private known: StoredScore | null = null;
  private content: ContentStore | null = null;
  private followed: Y.Doc | null = null;
  /** Null until somebody tells: then what is stored stays as it is. */
  private edits: (() => Edits) | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;

  private constructor(
    private readonly scoreId: string,
    private readonly tab: string,
    private readonly database: IDBDatabase,
  ) {}

  static open(scoreId: string): Promise<LocalCopy | null> {
    return Promise.race([LocalCopy.opened(scoreId), pause(PATIENCE_MS).then(() => null)]).catch(
      () => null,
    );
  }

  private static async opened(scoreId: string): Promise<LocalCopy> {
    const database = await openDatabase(NAME, [SCORES, UPDATES, WAITING]);
    const copy = new LocalCopy(scoreId, await tabName(), database);
    const scores = database.transaction(SCORES).objectStore(SCORES);
    const stored = scores.get(scoreId) as IDBRequest<StoredScore | undefined>;
    copy.known = (await answered(stored)) ?? null;
    return copy;
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
    this.content = this.contentOf(this.known.lineage);
    await Promise.race([this.content.load(ydoc), pause(PATIENCE_MS)]);
    this.follow(ydoc);
  }

  /** Keeps `ydoc` as the copy from now on; the document before it goes. */
  keep(ydoc: Y.Doc, epoch: number, role: Role): void {
    let lineage = this.known?.lineage ?? '';
    if (this.known?.epoch !== epoch || this.followed !== ydoc) {
      this.content?.drop();
      lineage = newId(LINEAGE);
      this.content = this.contentOf(lineage);
      this.follow(ydoc);
    }
    this.known = { epoch, role, lineage };
    this.write(SCORES, (store) => store.put(this.known, this.scoreId));
  }

  /** Forgets the content: a viewer keeps no copy, and a lost right takes it away. */
  forget(): void {
    const content = this.content ?? (this.known && this.contentOf(this.known.lineage));
    content?.drop();
    this.content = null;
    this.followed = null;
    this.known = null;
    this.write(SCORES, (store) => store.delete(this.scoreId));
  }

  /**
   * Edits that no server has confirmed, from this tab before a reload and from closed tabs; those
   * become this tab's own in one step. Rejects when the database does not answer in time.
   */
  waiting(): Promise<Edits> {
    const late = pause(PATIENCE_MS).then((): never => { throw new Error('no answer'); });
    return Promise.race([this.gathered(), late]);
  }

  private async gathered(): Promise<Edits> {
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
    if (found.length > 0) store.put(found, [this.scoreId, this.tab]);
    return found;
  }

  /** Where the edits come from that wait to be confirmed. */
  watch(edits: () => Edits): void {
    this.edits = edits;
    this.keepWaitingSoon();
  }

  /** Something began or ceased to wait; what waits longer than a moment is kept. */
  keepWaitingSoon(): void {
    this.timer ??= setTimeout(() => { this.keepWaiting(); }, KEEP_WAITING_MS);
  }

  /** Ends it; what waits is kept first. */
  close(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.keepWaiting();
    this.content?.stop();
    this.database.close();
  }

  private keepWaiting(): void {
    this.timer = null;
    if (this.edits === null) return;
    const edits = this.edits().filter((changes) => changes.length > 0);
    const key = [this.scoreId, this.tab];
    this.write(WAITING, (store) => (edits.length > 0 ? store.put(edits, key) : store.delete(key)));
  }

  private contentOf(lineage: string): ContentStore {
    return new ContentStore(this.database, UPDATES, `${this.scoreId}/${lineage}`, this.tab);
  }

  private follow(ydoc: Y.Doc): void {
    this.followed = ydoc;
    this.content?.follow(ydoc);
  }

  private write(store: string, act: (store: IDBObjectStore) => unknown): void {
    try {
      act(this.database.transaction(store, 'readwrite').objectStore(store));
    } catch {
      // Closed, or out of space: the server still has what it acknowledged.
    }
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
