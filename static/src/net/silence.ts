/** Notices that a line is dead: nobody closed it, and yet nothing comes any more. */

/** The server speaks every 15 s on each of its sockets; silence for longer is no pause. */
const SILENCE_MS = 40_000;

export class Silence {
  private readonly watchdog: ReturnType<typeof setInterval>;
  private lastHeard = Infinity;

  /** `dead` is called again and again while the silence lasts. */
  constructor(private readonly dead: () => void) {
    this.watchdog = setInterval(() => { this.listen(); }, SILENCE_MS / 8);
  }

  /** A socket is open, or something came on it. */
  ended(): void {
    this.lastHeard = performance.now();
  }

  /** The socket is gone; silence is no news. */
  ignored(): void {
    this.lastHeard = Infinity;
  }

  close(): void {
    this.ignored();
    clearInterval(this.watchdog);
  }

  private listen(): void {
    if (performance.now() - this.lastHeard > SILENCE_MS) this.dead();
  }
}
