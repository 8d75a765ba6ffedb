/** A WebSocket that comes back: for ever, except where the server says that there is no way. */

import { signal, type ReadonlySignal } from '@preact/signals-core';
import { backoff } from './backoff';
import { Silence } from './silence';

export type LinkStatus = 'connecting' | 'online' | 'offline' | 'stopped';

/** Close codes after which connecting again can't help: no right, none, deleted. */
const FINAL_CODES: ReadonlySet<number> = new Set([4403, 4404, 4410]);

/** A connection that lasted longer than this was no failed attempt. */
const GOOD_MS = 3000;

export interface LinkEvents {
  opened(): void;
  received(data: string | Uint8Array<ArrayBuffer>): void;
  /** Not called for the attempts that never opened. */
  closed(code: number): void;
}

/** The address of a socket of this site. */
export function socketUrl(path: string): string {
  const { protocol, host } = globalThis.location;
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}${path}`;
}

export class Link {
  private readonly shownStatus = signal<LinkStatus>('connecting');
  private readonly shownCode = signal<number | null>(null);
  private socket: WebSocket | null = null;
  private events: LinkEvents | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private attempts = 0;
  private openedAt = Infinity;
  private readonly silence = new Silence(() => { this.restart(); });

  constructor(readonly url: string) {}

  get status(): ReadonlySignal<LinkStatus> {
    return this.shownStatus;
  }

  /** Why the link stopped for good; null while it has not. */
  get stopCode(): ReadonlySignal<number | null> {
    return this.shownCode;
  }

  /** Bytes that the socket has not handed to the network yet. */
  get buffered(): number {
    return this.socket?.bufferedAmount ?? 0;
  }

  /** Connects, and keeps doing so. */
  start(events: LinkEvents): void {
    this.events = events;
    globalThis.addEventListener('online', this.hurry);
    globalThis.addEventListener('offline', this.lose);
    this.connect();
  }

  /** Whether it was handed to an open socket. */
  send(data: string | Uint8Array<ArrayBuffer>): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(data);
    return true;
  }

  /** Drops the connection and makes a new one: at once, unless that has just been tried. */
  restart(): void {
    if (this.shownStatus.peek() === 'stopped') return;
    this.drop(1000);
    this.forgive();
    if (this.attempts > 0) {
      this.retry();
      return;
    }
    this.attempts = 1;
    this.connect();
  }

  /** Ends it for good. */
  close(): void {
    this.stop(null);
  }

  private readonly hurry = (): void => {
    this.attempts = 0;
    if (this.shownStatus.peek() === 'offline') this.connect();
  };

  private readonly lose = (): void => {
    if (this.shownStatus.peek() === 'stopped') return;
    this.drop(1001);
    this.retry();
  };

  private connect(): void {
    this.cancelTimer();
    this.shownStatus.value = 'connecting';
    const socket = new WebSocket(this.url);
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    let opened = false;
    socket.onopen = () => {
      opened = true;
      this.openedAt = performance.now();
      this.silence.ended();
      this.shownStatus.value = 'online';
      this.events?.opened();
    };
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      this.silence.ended();
      if (typeof data === 'string') this.events?.received(data);
      else if (data instanceof ArrayBuffer) this.events?.received(new Uint8Array(data));
    };
    socket.onclose = ({ code }) => {
      if (this.socket !== socket) return;
      this.socket = null;
      this.silence.ignored();
      this.forgive();
      if (FINAL_CODES.has(code)) this.stop(code);
      else this.retry();
      if (opened) this.events?.closed(code);
    };
  }

  /** A connection that lasted was good: its loss is answered quickly. */
  private forgive(): void {
    if (performance.now() - this.openedAt > GOOD_MS) this.attempts = 0;
    this.openedAt = Infinity;
  }

  private retry(): void {
    this.shownStatus.value = 'offline';
    this.cancelTimer();
    this.timer = setTimeout(() => {
      this.connect();
    }, backoff(this.attempts));
    this.attempts += 1;
  }

  private stop(code: number | null): void {
    this.drop(1000);
    this.cancelTimer();
    globalThis.removeEventListener('online', this.hurry);
    globalThis.removeEventListener('offline', this.lose);
    this.silence.close();
    this.shownCode.value = code;
    this.shownStatus.value = 'stopped';
  }

  /** Forgets the socket; what it still says is not heard. */
  private drop(code: number): void {
    const socket = this.socket;
    if (socket === null) return;
    this.socket = null;
    this.silence.ignored();
    const opened = socket.readyState === WebSocket.OPEN;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(code === 1000 ? 1000 : undefined);
    if (opened) this.events?.closed(code);
  }

  private cancelTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}
