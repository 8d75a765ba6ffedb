/** What comes in on the score socket: counted, put together, read. */

import { readFrame, type Frame } from './frames';
import { Assembly } from './parts';
import { Receipts } from './receipts';

export interface InboxEvents {
  frame(frame: Frame): void;
  /** So many bytes have come in on this socket. */
  receipt(bytes: number): void;
  /** What came makes no sense. */
  broken(): void;
}

export class Inbox {
  private readonly receipts: Receipts;
  private assembly = new Assembly();

  constructor(private readonly events: InboxEvents) {
    this.receipts = new Receipts((bytes) => { events.receipt(bytes); });
  }

  /** A new socket is open. */
  reset(): void {
    this.receipts.reset();
    this.assembly = new Assembly();
  }

  /** The socket is gone. */
  lose(): void {
    this.receipts.stop();
  }

  take(data: Uint8Array): void {
    this.receipts.received(data.length);
    const frame = this.read(data);
    if (frame === 'broken') this.events.broken();
    else if (frame !== null) this.events.frame(frame);
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
}
