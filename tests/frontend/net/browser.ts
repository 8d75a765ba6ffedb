/** What a browser has and the test's surroundings lack: sockets and a database. */
import 'fake-indexeddb/auto';
import { vi } from 'vitest';
import { WebSocket as NodeSocket } from 'ws';

/** Sockets and databases take their time on a busy machine. */
vi.setConfig({ testTimeout: 30_000 });

/** In a browser an error without a listener is followed by `close`; in Node it ends the process. */
class QuietSocket extends NodeSocket {
  constructor(url: string) {
    super(url);
    this.on('error', () => undefined);
  }
}

globalThis.WebSocket = QuietSocket as unknown as typeof WebSocket;

/** Waits until `condition` holds; fails with its words after twenty seconds. */
export async function until(condition: () => boolean, what = condition.toString()): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`it never came true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
