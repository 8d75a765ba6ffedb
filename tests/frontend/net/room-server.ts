/** A small server that speaks the score socket's protocol over real sockets, to test our side. */
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket as Socket } from 'ws';
import * as Y from 'yjs';
import {
  awarenessFrame,
  missingFrame,
  privateFrame,
  readFrame,
  stateVectorFrame,
  updateFrame,
  type Bytes,
  type Frame,
} from '../../../static/src/net/frames';
import { Assembly, inParts } from '../../../static/src/net/parts';
import type { Role } from '../../../static/src/net/presence-state';
import { seed } from '../doc/scores';
import * as presence from './awareness-bytes';

export interface Guest {
  readonly socket: Socket;
  readonly frames: Frame[];
  readonly hello: Record<string, unknown>[];
  received: number;
  sent: number;
  got: number;
  updates: number;
  /** The client id and clock that it last showed itself with. */
  shown: { client: number; clock: number } | null;
}

export class RoomServer {
  ydoc = new Y.Doc();
  epoch = 1;
  role: Role = 'editor';
  /** Acks are held back while this is true. */
  silent = false;
  /** What becomes of an update frame: null stores it, a code refuses it. */
  judge: (update: Uint8Array) => number | null = () => null;
  /** Closes each socket with this code as soon as it is open. */
  closeWith: number | null = null;
  readonly guests = new Set<Guest>();
  /** All that ever came, newest last. */
  readonly visitors: Guest[] = [];
  private server: WebSocketServer | null = null;
  private port = 0;
  private partId = 0;

  constructor() {
    seed(this.ydoc);
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/ws/scores/testScore001`;
  }

  async start(): Promise<void> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: this.port });
    await new Promise<void>((resolve) => server.once('listening', resolve));
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (socket) => { this.welcome(socket); });
    this.server = server;
  }

  /** The process dies; the port stays ours. */
  async stop(): Promise<void> {
    for (const { socket } of this.guests) socket.terminate();
    const server = this.server;
    this.server = null;
    if (server !== null) {
      await new Promise<void>((resolve) => {
        server.close(() => { resolve(); });
      });
    }
  }

  /** Somebody else writes. */
  write(root: string, key: string, value: unknown): void {
    const before = Y.encodeStateVector(this.ydoc);
    this.ydoc.getMap(root).set(key, value);
    this.broadcast(updateFrame(Y.encodeStateAsUpdate(this.ydoc, before)), null);
  }

  /** The content in a new epoch, encoded anew. */
  compact(): void {
    const fresh = new Y.Doc();
    for (const [name] of this.ydoc.share) {
      const map = fresh.getMap(name);
      for (const [key, value] of this.ydoc.getMap(name).entries()) map.set(key, value);
    }
    this.ydoc = fresh;
    this.epoch += 1;
  }

  tell(message: { t: string } & Record<string, unknown>): void {
    for (const guest of this.guests) this.send(guest, privateFrame(message));
  }

  close(code: number): void {
    for (const { socket } of this.guests) socket.close(code);
  }

  private welcome(socket: Socket): void {
    if (this.closeWith !== null) {
      socket.close(this.closeWith);
      return;
    }
    const guest: Guest = {
      socket,
      frames: [],
      hello: [],
      received: 0,
      sent: 0,
      got: 0,
      updates: 0,
      shown: null,
    };
    this.guests.add(guest);
    this.visitors.push(guest);
    const assembly = new Assembly();
    socket.on('message', (data: Buffer) => {
      guest.received += 1;
      let frame = readFrame(new Uint8Array(data));
      if (frame.type === 'part') {
        guest.frames.push(frame);
        const whole = assembly.add(frame.part);
        if (whole === null) return;
        frame = readFrame(whole);
      }
      guest.frames.push(frame);
      this.take(guest, frame);
    });
    socket.on('close', () => {
      this.guests.delete(guest);
      this.forget(guest);
    });
    this.send(guest, stateVectorFrame(Y.encodeStateVector(this.ydoc)));
  }

  private take(guest: Guest, frame: Frame): void {
    switch (frame.type) {
      case 'stateVector':
        this.send(guest, missingFrame(Y.encodeStateAsUpdate(this.ydoc, frame.payload)));
        break;
      case 'missing':
      case 'update':
        this.store(guest, frame.payload);
        break;
      case 'awareness':
        this.show(guest, frame.payload);
        break;
      case 'private':
        if (frame.message.t === 'got') guest.got = Number(frame.message['bytes']);
        if (frame.message.t === 'hello') this.greet(guest, frame.message);
        break;
      default:
    }
  }

  private greet(guest: Guest, hello: Record<string, unknown>): void {
    guest.hello.push(hello);
    this.send(
      guest,
      privateFrame({
        t: 'welcome',
        epoch: this.epoch,
        seq: 1,
        role: this.role,
        person: { key: 'k3yOboe1', name: 'Oboe', color: 4 },
        limits: {},
      }),
    );
  }

  private store(guest: Guest, update: Uint8Array): void {
    const empty = update.length === 2;
    const code = empty ? null : this.judge(update);
    if (code !== null) {
      this.send(guest, privateFrame({ t: 'nack', code, text: 'This edit is refused.' }));
      guest.socket.close(code);
      return;
    }
    guest.updates += 1;
    if (!empty) {
      Y.applyUpdate(this.ydoc, update);
      this.broadcast(updateFrame(update), guest);
    }
    if (!this.silent) this.send(guest, privateFrame({ t: 'ack', n: guest.updates, seq: 2 }));
  }

  private forget(guest: Guest): void {
    if (guest.shown === null) return;
    const { client, clock } = guest.shown;
    const gone = presence.written([{ client, clock: clock + 1, state: null }]);
    this.broadcast(awarenessFrame(gone), guest);
  }

  /** Shows a guest to everybody, itself included, with the name that the server knows. */
  private show(guest: Guest, update: Uint8Array): void {
    const user = { key: 'k3yOboe1', name: 'Oboe', color: 4 };
    const entries = presence.read(update).map(({ client, clock, state }) => {
      guest.shown = { client, clock };
      return { client, clock, state: state === null ? null : { ...state, user } };
    });
    this.broadcast(awarenessFrame(presence.written(entries)), null);
  }

  private broadcast(frame: Bytes, except: Guest | null): void {
    for (const guest of this.guests) if (guest !== except) this.send(guest, frame);
  }

  private send(guest: Guest, frame: Bytes): void {
    this.partId += 1;
    for (const part of inParts(frame, this.partId)) {
      guest.sent += part.length;
      guest.socket.send(part);
    }
  }
}
