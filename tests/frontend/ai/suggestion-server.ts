/** A small suggestion socket to test our side against. */
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket as Socket } from 'ws';
import type { Note } from '../../../static/src/music/notes';

export type Message = Readonly<Record<string, unknown>>;

export class SuggestionServer {
  readonly heard: Message[] = [];
  /** What a page that joins is told to be open. */
  open: Message[] = [];
  private sockets = new Set<Socket>();
  private server: WebSocketServer | null = null;
  private port = 0;

  get url(): string {
    return `ws://127.0.0.1:${this.port}/ws/scores/testScore001/suggestions`;
  }

  async start(): Promise<void> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: this.port });
    await new Promise<void>((resolve) => server.once('listening', resolve));
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('message', (data: Buffer) => {
        this.heard.push(JSON.parse(data.toString()) as Message);
      });
      socket.send(JSON.stringify({ t: 'open', suggestions: this.open }));
    });
    this.server = server;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.terminate();
    const server = this.server;
    this.server = null;
    if (server !== null) {
      await new Promise<void>((resolve) => {
        server.close(() => { resolve(); });
      });
    }
  }

  say(message: Message): void {
    for (const socket of this.sockets) socket.send(JSON.stringify(message));
  }

  sayRaw(data: string | Uint8Array): void {
    for (const socket of this.sockets) socket.send(data);
  }

  heardOf(t: string): Message[] {
    return this.heard.filter((message) => message['t'] === t);
  }
}

/** A suggestion as the server describes it. */
export function opened(id: string, fields: Message = {}): Message {
  return {
    id,
    by: { key: 'k3yOboe1', name: 'Oboe', color: 4 },
    kind: 'continue',
    region: { tracks: ['leadLead'], start: 1920, end: 3840 },
    engine: 'Composer',
    seed: 7,
    controls: { tempo: 120, density: null },
    seq: 3,
    replaces: [],
    replaced: [],
    state: 'waiting',
    queue: 1,
    error: null,
    candidates: [0, 1].map((index) => ({
      index,
      notes: [],
      done: false,
      tick: 1920,
      stats: {},
      votes: [],
      verdict: null,
      kept: null,
    })),
    ...fields,
  };
}

/** What a suggestion says of the notes in whose place it comes. */
export function instead(notes: readonly Note[]): Message {
  return {
    replaces: notes.map(({ id }) => id),
    replaced: notes.map((one) => [
      one.id, one.track, one.pitch, one.start, one.duration, one.velocity,
    ]),
  };
}

/** An audio frame as the server packs it: little-endian header, then PCM16. */
export function audioFrame(
  stream: number,
  sequence: number,
  samples: readonly number[],
  last = false,
): Uint8Array {
  const data = new DataView(new ArrayBuffer(16 + 2 * samples.length));
  data.setUint8(0, 1);
  data.setUint8(1, last ? 1 : 0);
  data.setUint16(2, 1, true);
  data.setUint32(4, stream, true);
  data.setUint32(8, sequence, true);
  data.setUint32(12, 24_000, true);
  samples.forEach((sample, index) => { data.setInt16(16 + 2 * index, sample, true); });
  return new Uint8Array(data.buffer);
}
