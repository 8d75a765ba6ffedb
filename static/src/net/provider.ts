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
  stateVectorFrame,
  type Bytes,
  type Frame,
} from './frames';
import { Inbox } from './inbox';
import { Link, socketUrl, type LinkStatus } from './link';
import { LocalCopy, type Edits } from './local-copy';
import {
  mayWrite,
  PROTOCOL_VERSION,
  readMessage,
  type Notice,
  type RoomEvent,
  type ServerMessage,
} from './messages';
import { Outbox } from './outbox';
import { inParts } from './parts';
import type { PersonCard, Role } from './presence-state';
import { Sender, type Line } from './sender';

const SCHEMA = 1;
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
  private readonly sender: Sender;
  private readonly inbox = new Inbox({
    frame: (frame) => { this.received(frame); },
    receipt: (bytes) => { this.say({ t: 'got', bytes }); },
    broken: () => { this.link.restart(); },
  });
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
  /** Edits of an earlier page whose document is not here to hold them. */
  private unplaced: Edits = [];
  private refusals = 0;
  private partId = 0;
  private gone = false;
  private readonly forgetWrites: () => void;

  constructor({ scoreId, document, url }: ProviderOptions) {
    this.document = document;
    this.synced = this.shownSynced;
    this.role = this.shownRole;
    this.me = this.shownMe;
    this.stranded = this.shownStranded;
    this.outdated = this.shownOutdated;
    this.link = new Link(url ?? socketUrl(`/ws/scores/${scoreId}`));
    this.sender = new Sender(this.outbox, this.line());
    this.people = new AwarenessLink(document.ydoc, (frame) => { this.sendFrame(frame); });
    document.ydoc.on('update', this.sender.updated);
    document.nameOf = (client) => this.people.nameOf(client);
    this.forgetWrites = document.onWrite((changes) => { this.wrote(changes); });
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

  /** The stranded edits are kept elsewhere, or given up. */
  letGo(): void {
    this.shownStranded.value = null;
    this.copy?.keepWaitingSoon();
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
    this.inbox.lose();
    this.sender.close();
    this.link.close();
    this.forgetWrites();
    this.document.ydoc.off('update', this.sender.updated);
    this.gone = true;
    this.copy?.close();
  }

  private async begin(scoreId: string): Promise<void> {
    const copy = await LocalCopy.open(scoreId);
    this.copy = copy;
    // A copy that can't be read must not keep the page from the server.
    await (copy && this.recall(copy).catch(() => undefined));
    if (this.gone) return;
    this.link.start({
      opened: () => { this.opened(); },
      received: (data) => {
        if (typeof data !== 'string') this.inbox.take(data);
      },
      closed: (code) => { this.closed(code); },
    });
  }

  /** Shows what this browser has kept of the score. */
  private async recall(copy: LocalCopy): Promise<void> {
    const waiting = await copy.waiting();
    if (copy.epoch === null) this.unplaced = waiting;
    else {
      this.epoch = copy.epoch;
      this.shownRole.value = copy.role;
      await copy.load(this.document.ydoc);
      for (const changes of waiting) {
        this.outbox.addChanges(changes);
        // Set aside here, or made in a tab whose copy was another: this copy need not hold them.
        this.document.reapply(changes);
      }
    }
    copy.watch(() => [...this.outbox.changes, ...this.unplaced, this.stranded.peek() ?? []]);
  }

  /** The document that the socket fills: the page's own, or the one that will replace it. */
  private get target(): Y.Doc {
    return this.incoming ?? this.document.ydoc;
  }

  private opened(): void {
    this.sender.pause();
    this.held = [];
    this.outbox.reconnected();
    this.inbox.reset();
    const { clientID } = this.target;
    this.say({ t: 'hello', v: PROTOCOL_VERSION, client: clientID, epoch: this.epoch });
  }

  private closed(code: number): void {
    this.sender.pause();
    this.shownSynced.value = false;
    this.people.lose();
    this.inbox.lose();
    if (this.link.stopCode.peek() !== null) this.ended();
    else if (code !== NO_RIGHT) this.rejected(code);
  }

  /** There is no way back: what was not stored is offered, what this browser kept goes. */
  private ended(): void {
    this.strand();
    this.copy?.forget();
  }

  private received(frame: Frame): void {
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
      if (this.shownSynced.peek()) this.sender.start();
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
      this.outbox.pass();
      this.sendFrame(missingFrame(EMPTY_UPDATE));
      return;
    }
    const update = Y.encodeStateAsUpdate(this.target, stateVector);
    if (this.incoming === null) this.outbox.ride();
    else this.outbox.pass();
    this.sendFrame(missingFrame(update));
    if (this.incoming === null) this.sender.start();
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
    if (this.unplaced.length > 0) this.place();
    this.keepCopy();
  }

  /** Puts `ydoc` in the place of the page's document and writes again what was not stored. */
  private adopt(ydoc: Y.Doc): void {
    this.incoming = null;
    const old = this.document.ydoc;
    old.off('update', this.sender.updated);
    ydoc.on('update', this.sender.updated);
    const unsaved = this.outbox.drain();
    this.document.moveTo(ydoc);
    old.destroy();
    if (mayWrite(this.shownRole.peek())) this.sender.start();
    this.people.moveTo(ydoc);
    for (const changes of unsaved) this.document.reapply(changes);
  }

  private keepCopy(): void {
    const role = this.shownRole.peek();
    if (role === null || this.epoch === null) return;
    if (role === 'viewer') this.copy?.forget();
    else this.copy?.keep(this.document.ydoc, this.epoch, role);
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
    const edits = [...this.outbox.drain(), ...this.unplaced].flat();
    this.unplaced = [];
    if (edits.length > 0) {
      this.shownStranded.value = [...(this.shownStranded.peek() ?? []), ...edits];
      this.copy?.keepWaitingSoon();
    }
  }

  /** Writes what an earlier page could not, now that there is a document for it. */
  private place(): void {
    if (!mayWrite(this.shownRole.peek())) {
      this.strand();
      return;
    }
    const edits = this.unplaced;
    this.unplaced = [];
    for (const changes of edits) this.document.reapply(changes);
  }

  private wrote(changes: readonly Change[]): void {
    this.outbox.addChanges(changes);
    this.copy?.keepWaitingSoon();
  }

  private tellNotice({ code, text }: Notice): void {
    for (const listener of this.listeners.notice) listener({ code, text });
  }

  private line(): Line {
    const { link } = this;
    return {
      send: (frame) => { this.sendFrame(frame); },
      get buffered() { return link.buffered; },
    };
  }

  private say(message: { readonly t: string } & Readonly<Record<string, unknown>>): void {
    this.sendFrame(privateFrame(message));
  }

  private sendFrame(frame: Bytes): void {
    this.partId += 1;
    for (const message of inParts(frame, this.partId)) this.link.send(message);
  }
}
