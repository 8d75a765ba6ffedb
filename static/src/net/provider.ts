/** Keeps a score in step with the server, with other people and with this browser's own copy. */

import { signal, type ReadonlySignal } from '@preact/signals-core';
import * as awarenessProtocol from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { Change } from '../doc/gesture';
import type { ScoreDocument } from '../doc/score-document';
import {
  awarenessFrame,
  missingFrame,
  privateFrame,
  readFrame,
  stateVectorFrame,
  updateFrame,
  type Bytes,
  type Frame,
} from './frames';
import { Link, socketUrl, type LinkStatus } from './link';
import { LocalCopy } from './local-copy';
import {
  mayWrite,
  PROTOCOL_VERSION,
  readMessage,
  type Notice,
  type RoomEvent,
  type ServerMessage,
} from './messages';
import { Outbox } from './outbox';
import { Pace } from './pace';
import { Assembly, inParts } from './parts';
import type { PersonCard, Role } from './presence-state';
import { Receipts } from './receipts';

const SCHEMA = 1;
const UPDATES_PER_SECOND = 25;
const BURST = 100;
/** Above this many unsent bytes we wait, so that a slow line does not fill memory. */
const MOST_BUFFERED = 4 * 1024 * 1024;
/** The server speaks every 15 s; silence for longer means that the line is dead. */
const SILENCE_MS = 40_000;
/** Edits that wait longer than this are also kept in the browser as what they mean. */
const KEEP_WAITING_MS = 1000;
const REFUSED = new Set<unknown>([4400, 4422, '4400', '4422']);
const EMPTY_UPDATE = new Uint8Array([0, 0]);

export interface ProviderOptions {
  readonly scoreId: string;
  readonly document: ScoreDocument;
  readonly url?: string;
}

interface Listeners {
  event: (event: RoomEvent) => void;
  notice: (notice: Notice) => void;
}

export class Provider {
  readonly awareness: awarenessProtocol.Awareness;
  /** The server has told everything that it knows. */
  readonly synced: ReadonlySignal<boolean>;
  readonly role: ReadonlySignal<Role | null>;
  readonly me: ReadonlySignal<PersonCard | null>;
  /** Edits that can't be stored here: the right was lost, or the server refused them twice. */
  readonly stranded: ReadonlySignal<readonly Change[] | null>;
  /** The score was written by a newer page: this one has to be loaded again. */
  readonly outdated: ReadonlySignal<boolean>;

  private readonly shownSynced = signal(false);
  private readonly shownRole = signal<Role | null>(null);
  private readonly shownMe = signal<PersonCard | null>(null);
  private readonly shownStranded = signal<readonly Change[] | null>(null);
  private readonly shownOutdated = signal(false);
  private readonly document: ScoreDocument;
  private readonly link: Link;
  private readonly outbox = new Outbox();
  private readonly pace = new Pace(UPDATES_PER_SECOND, BURST);
  private readonly assembly = new Assembly();
  private readonly receipts = new Receipts((bytes) => { this.say({ t: 'got', bytes }); });
  private readonly listeners = {
    event: new Set<Listeners['event']>(),
    notice: new Set<Listeners['notice']>(),
  };
  private readonly names = new Map<number, string>();
  private copy: LocalCopy | null = null;
  /** A document that is being filled and will take the place of the one on the page. */
  private incoming: Y.Doc | null = null;
  private epoch: number | null = null;
  private held: Frame[] | null = null;
  /** Whether updates may go: the server has been told all that was made before. */
  private ready = false;
  private refusals = 0;
  private partId = 0;
  private lastHeard = 0;
  private flushTimer: ReturnType<typeof setTimeout> | null = null;
  private keepTimer: ReturnType<typeof setTimeout> | null = null;
  private readonly watchdog: ReturnType<typeof setInterval>;
  private readonly forgetWrites: () => void;

  constructor({ scoreId, document, url }: ProviderOptions) {
    this.document = document;
    this.synced = this.shownSynced;
    this.role = this.shownRole;
    this.me = this.shownMe;
    this.stranded = this.shownStranded;
    this.outdated = this.shownOutdated;
    this.link = new Link(url ?? socketUrl(`/ws/scores/${scoreId}`));
    this.awareness = new awarenessProtocol.Awareness(document.ydoc);
    this.awareness.setLocalState(null);
    this.awareness.on('update', this.presenceChanged);
    document.ydoc.on('update', this.updated);
    document.nameOf = (client) => this.names.get(client) ?? null;
    this.forgetWrites = document.onWrite((changes) => { this.wrote(changes); });
    this.watchdog = setInterval(() => { this.watch(); }, SILENCE_MS / 8);
    void this.begin(scoreId);
  }

  get status(): ReadonlySignal<LinkStatus> {
    return this.link.status;
  }

  /** 4403, 4404 or 4410 once the server has said that there is no way; else null. */
  get stopCode(): ReadonlySignal<number | null> {
    return this.link.stopCode;
  }

  /** Edits that the server has not confirmed; 0 means saved. */
  get unacked(): ReadonlySignal<number> {
    return this.outbox.unacked;
  }

  /** Hears of events in the room or of notices; the result stops it. */
  on<Kind extends keyof Listeners>(kind: Kind, listener: Listeners[Kind]): () => void {
    const listeners = this.listeners[kind] as Set<Listeners[Kind]>;
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Leaves the room for good; the copy in the browser stays. */
  close(): void {
    awarenessProtocol.removeAwarenessStates(
      this.awareness,
      [this.awareness.clientID],
      'window unload',
    );
    clearInterval(this.watchdog);
    this.receipts.stop();
    if (this.flushTimer !== null) clearTimeout(this.flushTimer);
    if (this.keepTimer !== null) clearTimeout(this.keepTimer);
    this.copy?.keepWaiting(this.outbox.changes);
    this.link.close();
    this.forgetWrites();
    this.document.ydoc.off('update', this.updated);
    this.awareness.destroy();
    void this.copy?.close();
  }

  private async begin(scoreId: string): Promise<void> {
    this.copy = await LocalCopy.open(scoreId);
    if (this.copy !== null && this.copy.epoch !== null) {
      this.epoch = this.copy.epoch;
      this.shownRole.value = this.copy.role;
      await this.copy.load(this.document.ydoc);
      for (const changes of await this.copy.waiting()) this.outbox.addChanges(changes);
    }
    this.link.start({
      opened: () => { this.opened(); },
      received: (data) => { this.received(data); },
      closed: (code) => { this.closed(code); },
    });
  }

  /** The document that the socket fills: the page's own, or the one that will replace it. */
  private get target(): Y.Doc {
    return this.incoming ?? this.document.ydoc;
  }

  private opened(): void {
    this.ready = false;
    this.held = [];
    this.lastHeard = performance.now();
    this.outbox.reconnected();
    this.receipts.reset();
    const { clientID } = this.target;
    this.say({ t: 'hello', v: PROTOCOL_VERSION, client: clientID, epoch: this.epoch });
  }

  private closed(code: number): void {
    this.ready = false;
    this.shownSynced.value = false;
    const others = [...this.awareness.getStates().keys()].filter(
      (client) => client !== this.awareness.clientID,
    );
    awarenessProtocol.removeAwarenessStates(this.awareness, others, this);
    if (code === 4409) this.renew();
    else if (REFUSED.has(code)) this.refused();
  }

  private received(data: string | Uint8Array): void {
    if (typeof data === 'string') return;
    this.lastHeard = performance.now();
    this.receipts.received(data.length);
    let frame: Frame;
    try {
      frame = readFrame(data);
      if (frame.type === 'part') {
        const whole = this.assembly.add(frame.part);
        if (whole === null) return;
        frame = readFrame(whole);
      }
    } catch {
      this.link.restart();
      return;
    }
    if (frame.type === 'private') {
      const message = readMessage(frame.message);
      if (message !== null) this.heard(message);
    } else if (this.held !== null) this.held.push(frame);
    else this.take(frame);
  }

  private take(frame: Frame): void {
    switch (frame.type) {
      case 'stateVector':
        this.answer(frame.payload);
        break;
      case 'missing':
        if (this.applyRemote(frame.payload)) this.complete();
        break;
      case 'update':
        this.applyRemote(frame.payload);
        break;
      case 'awareness':
        awarenessProtocol.applyAwarenessUpdate(this.awareness, frame.payload, this);
        break;
      case 'queryAwareness':
        this.sayPresence();
        break;
      default:
    }
  }

  private heard(message: ServerMessage): void {
    switch (message.t) {
      case 'welcome':
        this.welcomed(message);
        break;
      case 'ack':
        if (this.outbox.acked(message.n)) this.refusals = 0;
        this.keepWaitingSoon();
        break;
      case 'nack':
        this.tellNotice(message);
        if (REFUSED.has(message.code)) this.refused();
        else if (this.shownRole.peek() !== null) this.link.restart();
        break;
      case 'notice':
        this.tellNotice(message);
        break;
      case 'role':
        this.becomes(message.role);
        break;
      case 'epoch':
        this.epoch = message.epoch;
        this.renew();
        break;
      case 'event':
        for (const listener of this.listeners.event) listener(message.event);
        break;
      case 'beat':
    }
  }

  private welcomed({ epoch, role, person }: ServerMessage & { t: 'welcome' }): void {
    this.shownMe.value = person;
    this.names.set(this.target.clientID, person.name);
    const moved = this.epoch !== null && this.epoch !== epoch;
    this.epoch = epoch;
    this.becomes(role);
    if (moved && this.incoming === null) {
      this.renew();
      return;
    }
    this.sendFrame(stateVectorFrame(Y.encodeStateVector(this.target)));
    const held = this.held ?? [];
    this.held = null;
    this.sayPresence();
    for (const frame of held) this.take(frame);
  }

  /** Edits of somebody who may no longer write are set aside, not merged. */
  private becomes(role: Role): void {
    this.shownRole.value = role;
    if (mayWrite(role) || this.outbox.unacked.peek() === 0) return;
    this.strand();
    if (this.incoming === null) this.renew();
  }

  /** Tells the server what it lacks of ours. */
  private answer(stateVector: Uint8Array): void {
    if (!mayWrite(this.shownRole.peek())) {
      this.sendFrame(missingFrame(EMPTY_UPDATE));
      return;
    }
    const update = Y.encodeStateAsUpdate(this.target, stateVector);
    if (this.incoming === null) this.outbox.ride();
    else this.outbox.pass();
    this.sendFrame(missingFrame(update));
    this.ready = this.incoming === null;
  }

  private applyRemote(update: Uint8Array): boolean {
    try {
      Y.applyUpdate(this.target, update, this);
      return true;
    } catch {
      this.renew();
      return false;
    }
  }

  /** The server has told everything. */
  private complete(): void {
    if (this.incoming !== null) this.adopt(this.incoming);
    const schema = this.document.ydoc.getMap('meta').get('schema');
    if (typeof schema === 'number' && schema > SCHEMA) this.shownOutdated.value = true;
    this.shownSynced.value = true;
    void this.keepCopy();
  }

  /** Puts `ydoc` in the place of the page's document and writes again what was not stored. */
  private adopt(ydoc: Y.Doc): void {
    this.incoming = null;
    const old = this.document.ydoc;
    old.off('update', this.updated);
    ydoc.on('update', this.updated);
    const presence = this.awareness.getLocalState();
    this.awareness.setLocalState(null);
    this.awareness.clientID = ydoc.clientID;
    this.awareness.doc = ydoc;
    const unsaved = this.outbox.drain();
    this.document.moveTo(ydoc);
    old.destroy();
    this.ready = true;
    this.awareness.setLocalState(presence);
    for (const changes of unsaved) this.document.reapply(changes);
  }

  private async keepCopy(): Promise<void> {
    const role = this.shownRole.peek();
    if (this.copy === null || role === null || this.epoch === null) return;
    try {
      if (role === 'viewer') await this.copy.forget();
      else await this.copy.keep(this.document.ydoc, this.epoch, role);
    } catch {
      this.copy = null;
    }
  }

  /** Starts again with a new document and a new client id; the page keeps showing the old one. */
  private renew(): void {
    this.incoming?.destroy();
    this.incoming = new Y.Doc();
    this.link.restart();
  }

  private refused(): void {
    this.refusals += 1;
    if (this.refusals > 1) this.strand();
    this.renew();
  }

  private strand(): void {
    const edits = this.outbox.drain().flat();
    if (edits.length > 0) {
      this.shownStranded.value = [...(this.shownStranded.peek() ?? []), ...edits];
    }
  }

  private readonly updated = (
    update: Uint8Array,
    _origin: unknown,
    _ydoc: Y.Doc,
    transaction: Y.Transaction,
  ): void => {
    if (!transaction.local) return;
    this.outbox.addUpdate(update);
    this.flushSoon(0);
  };

  private wrote(changes: readonly Change[]): void {
    this.outbox.addChanges(changes);
    this.keepWaitingSoon();
  }

  private flushSoon(wait: number): void {
    this.flushTimer ??= setTimeout(() => {
      this.flushTimer = null;
      this.flush();
    }, wait);
  }

  private flush(): void {
    if (!this.ready || !this.outbox.waiting) return;
    if (this.link.buffered > MOST_BUFFERED) {
      this.flushSoon(50);
      return;
    }
    const wait = this.pace.wait();
    if (wait > 0) {
      this.flushSoon(wait);
      return;
    }
    const update = this.outbox.take();
    if (update !== null) this.sendFrame(updateFrame(update));
  }

  private keepWaitingSoon(): void {
    this.keepTimer ??= setTimeout(() => {
      this.keepTimer = null;
      if (this.shownRole.peek() !== 'viewer') this.copy?.keepWaiting(this.outbox.changes);
    }, KEEP_WAITING_MS);
  }

  private readonly presenceChanged = (
    { added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>,
    origin: unknown,
  ): void => {
    for (const client of [...added, ...updated]) {
      const user = this.awareness.getStates().get(client)?.['user'] as PersonCard | undefined;
      if (user !== undefined) this.names.set(client, user.name);
    }
    if (origin === this || this.held !== null) return;
    const own = [...added, ...updated, ...removed].filter((id) => id === this.awareness.clientID);
    if (own.length > 0) this.sayPresence();
  };

  private sayPresence(): void {
    const { clientID } = this.awareness;
    if (!this.awareness.meta.has(clientID)) return;
    const update = awarenessProtocol.encodeAwarenessUpdate(this.awareness, [clientID]);
    this.sendFrame(awarenessFrame(update));
  }

  private tellNotice({ code, text }: Notice): void {
    for (const listener of this.listeners.notice) listener({ code, text });
  }

  private say(message: { readonly t: string } & Readonly<Record<string, unknown>>): void {
    this.sendFrame(privateFrame(message));
  }

  private sendFrame(frame: Bytes): void {
    this.partId += 1;
    for (const message of inParts(frame, this.partId)) this.link.send(message);
  }

  private watch(): void {
    const silent = performance.now() - this.lastHeard > SILENCE_MS;
    if (silent && this.link.status.peek() === 'online') this.link.restart();
  }
}
