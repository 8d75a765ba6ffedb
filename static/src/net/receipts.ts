/** Tells the server how many bytes have come in, so that it never buffers for a slow reader. */

const EVERY_BYTES = 64 * 1024;
const EVERY_MS = 250;

export class Receipts {
  private total = 0;
  private told = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly tell: (bytes: number) => void) {}

  /** A new socket: counting begins again. */
  reset(): void {
    this.stop();
    this.total = 0;
    this.told = 0;
  }

  received(bytes: number): void {
    this.total += bytes;
    if (this.total - this.told >= EVERY_BYTES) this.send();
    else this.timer ??= setTimeout(() => { this.send(); }, EVERY_MS);
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private send(): void {
    this.stop();
    this.told = this.total;
    this.tell(this.total);
  }
}
