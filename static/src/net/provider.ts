/** Keeps a score in step with the server, with other people and with this browser's own copy. */

import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { Change } from '../doc/gesture';
import type { ScoreDocument } from '../doc/score-document';
import { AwarenessLink } from './awareness-link';
import {
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
/** Close codes (and codes of a nack) that say something about our edits. */
const NO_RIGHT = 4403;
const OTHER_EPOCH = 4409;
const REFUSED: ReadonlySet<number> = new Set([4400, 4422]);
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
  private readonly people: AwarenessLink;
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
    this.people = new AwarenessLink(document.ydoc, (frame) => { this.sendFrame(frame); });
    document.ydoc.on('update', this.updated);
    document.nameOf = (client) => this.people.nameOf(client);
    this.forgetWrites = document.onWrite((changes) => { this.wrote(changes); });
    this.watchdog = setInterval(() => { this.watch(); }, SILENCE_MS / 8);
    void this.begin(scoreId);
  }

  /** Who is here, and what they say about themselves. */
  get awareness(): Awareness {
    return this.people.awareness;
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
    this.people.destroy();
    clearInterval(this.watchdog);
    this.receipts.stop();
    if (this.flushTimer !== null) clearTimeout(this.flushTimer);
    this.link.close();
    this.forgetWrites();
    this.document.ydoc.off('update', this.updated);
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
    this.copy?.watch(() => this.outbox.changes);
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
    this.people.lose();
    if (code !== NO_RIGHT) this.rejected(code);
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
        this.people.take(frame.payload);
        break;
      case 'queryAwareness':
        this.people.say();
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
        this.copy?.keepWaitingSoon();
        break;
      case 'nack':
        this.tellNotice(message);
        this.rejected(Number(message.code));
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
    this.people.learn(this.target.clientID, person.name);
    const moved = this.epoch !== null && this.epoch !== epoch;
    this.epoch = epoch;
    const renewed = this.becomes(role);
    if (moved && !renewed && this.incoming === null) this.renew();
    else if (!renewed) this.enter();
  }

  /** The room knows us and we know where it stands: now both tell what the other lacks. */
  private enter(): void {
    this.sendFrame(stateVectorFrame(Y.encodeStateVector(this.target)));
    const held = this.held ?? [];
    this.held = null;
    this.people.enter();
    for (const frame of held) this.take(frame);
  }

  /** Edits of somebody who may no longer write are set aside; then true, and we start anew. */
  private becomes(role: Role): boolean {
    this.shownRole.value = role;
    if (mayWrite(role)) {
      this.ready = this.shownSynced.peek();
      this.flushSoon(0);
      return false;
    }
    if (this.outbox.unacked.peek() === 0) return false;
    this.strand();
    this.renew();
    return true;
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
    const unsaved = this.outbox.drain();
    this.document.moveTo(ydoc);
    old.destroy();
    this.ready = mayWrite(this.shownRole.peek());
    this.people.moveTo(ydoc);
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

  /** What we sent does not count as it is: by a new name, in the new epoch, or not at all. */
  private rejected(code: number): void {
    if (REFUSED.has(code)) this.refusals += 1;
    else if (code !== NO_RIGHT && code !== OTHER_EPOCH) return;
    if (code === NO_RIGHT || this.refusals > 1) this.strand();
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
    this.copy?.keepWaitingSoon();
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
