/** Our edits on their way out: gathered, paced, and held back until the server can take them. */

import type * as Y from 'yjs';
import { updateFrame, type Bytes } from './frames';
import type { Outbox } from './outbox';
import { Pace } from './pace';

/** A little below what the server allows. */
const UPDATES_PER_SECOND = 25;
const BURST = 100;
/** Above this many unsent bytes we wait, so that a slow line does not fill memory. */
const MOST_BUFFERED = 4 * 1024 * 1024;
const BUFFER_WAIT_MS = 50;

export interface Line {
  send(frame: Bytes): void;
  /** Bytes that have not left yet. */
  readonly buffered: number;
}

export class Sender {
  private readonly pace = new Pace(UPDATES_PER_SECOND, BURST);
  private timer: ReturnType<typeof setTimeout> | null = null;
  private open = false;

  constructor(
    private readonly outbox: Outbox,
    private readonly line: Line,
  ) {}

  /** The server knows all that was made before: what comes now may go. */
  start(): void {
    this.open = true;
    this.soon(0);
  }

  /** Nothing may go until `start`. */
  pause(): void {
    this.open = false;
  }

  close(): void {
    this.pause();
    if (this.timer !== null) clearTimeout(this.timer);
  }

  /** A document has changed; what was made here goes out. */
  readonly updated = (
    update: Uint8Array,
    _origin: unknown,
    _ydoc: Y.Doc,
    transaction: Y.Transaction,
  ): void => {
    if (!transaction.local) return;
    this.outbox.addUpdate(update);
    this.soon(0);
  };

  private soon(wait: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.flush();
    }, wait);
  }

  private flush(): void {
    if (!this.open || !this.outbox.waiting) return;
    const wait = this.line.buffered > MOST_BUFFERED ? BUFFER_WAIT_MS : this.pace.wait();
    if (wait > 0) {
      this.soon(wait);
      return;
    }
    const update = this.outbox.take();
    if (update !== null) this.line.send(updateFrame(update));
  }
}
