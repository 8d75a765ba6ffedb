/** What comes in on the score socket: counted, put together, read, and missed when it stays out. */

import { readFrame, type Frame } from './frames';
import { Assembly } from './parts';
import { Receipts } from './receipts';

/** The server speaks every 15 s; silence for longer means that the line is dead. */
const SILENCE_MS = 40_000;

export interface InboxEvents {
  frame(frame: Frame): void;
  /** So many bytes have come in on this socket. */
  receipt(bytes: number): void;
  /** What came makes no sense, or nothing comes at all. */
  broken(): void;
}

export class Inbox {
  private readonly receipts: Receipts;
  private readonly watchdog: ReturnType<typeof setInterval>;
  private assembly = new Assembly();
  private lastHeard = Infinity;

  constructor(private readonly events: InboxEvents) {
    this.receipts = new Receipts((bytes) => { events.receipt(bytes); });
    this.watchdog = setInterval(() => { this.listen(); }, SILENCE_MS / 8);
  }

  /** A new socket is open. */
  reset(): void {
    this.receipts.reset();
    this.assembly = new Assembly();
    this.lastHeard = performance.now();
  }

  /** The socket is gone; silence is no news. */
  lose(): void {
    this.receipts.stop();
    this.lastHeard = Infinity;
  }

  take(data: Uint8Array): void {
    this.lastHeard = performance.now();
    this.receipts.received(data.length);
    const frame = this.read(data);
    if (frame === 'broken') this.events.broken();
    else if (frame !== null) this.events.frame(frame);
  }

  close(): void {
    this.lose();
    clearInterval(this.watchdog);
  }

  /** The frame; null while parts of it are still to come. */
  private read(data: Uint8Array): Frame | 'broken' | null {
    try {
      const frame = readFrame(data);
      if (frame.type !== 'part') return frame;
      const whole = this.assembly.add(frame.part);
      return whole === null ? null : readFrame(whole);
    } catch {
      return 'broken';
    }
  }

  private listen(): void {
    if (performance.now() - this.lastHeard > SILENCE_MS) this.events.broken();
  }
}
