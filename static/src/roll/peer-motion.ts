/** Eases what arrives fifteen times a second from other people, over 80 ms. */
import type { DragPresence } from '../net/presence-state';

const EASE = 80;
/** A pointer that has been still for this long fades to a dot. */
const REST = 8000;
const CLOSE = 0.01;

interface Track {
  at: number;
  a: number;
  b: number;
  goalA: number;
  goalB: number;
  changed: number;
}

export interface EasedDrag {
  readonly dt: number;
  readonly dp: number;
  readonly moving: boolean;
}

export interface EasedPointer {
  readonly tick: number;
  readonly pitch: number;
  readonly moving: boolean;
  readonly resting: boolean;
}

export class PeerMotion {
  private readonly drags = new Map<number, Track>();
  private readonly pointers = new Map<number, Track>();

  drag(client: number, drag: DragPresence, now: number, still: boolean): EasedDrag {
    const track = step(this.drags, client, [drag.dt, drag.dp], now, still);
    return { dt: track.a, dp: track.b, moving: isMoving(track) };
  }

  pointer(
    client: number,
    to: { readonly tick: number; readonly pitch: number },
    now: number,
    still: boolean,
  ): EasedPointer {
    const track = step(this.pointers, client, [to.tick, to.pitch], now, still);
    const resting = now - track.changed > REST;
    return { tick: track.a, pitch: track.b, moving: isMoving(track), resting };
  }

  /** When the next pointer turns into a dot; null when all rest. */
  nextRest(now: number): number | null {
    const waits = [...this.pointers.values()].map((t) => t.changed + REST - now);
    const ahead = waits.filter((wait) => wait > 0);
    return ahead.length > 0 ? Math.min(...ahead) + 20 : null;
  }

  /** Forgets who has left and whose drag has ended. */
  keep(clients: ReadonlySet<number>, dragging: ReadonlySet<number>): void {
    for (const id of this.drags.keys()) if (!dragging.has(id)) this.drags.delete(id);
    for (const id of this.pointers.keys()) if (!clients.has(id)) this.pointers.delete(id);
  }
}

function step(
  tracks: Map<number, Track>,
  client: number,
  goal: readonly [number, number],
  now: number,
  still: boolean,
): Track {
  const [goalA, goalB] = goal;
  const known = tracks.get(client);
  if (!known) {
    const fresh = { at: now, a: goalA, b: goalB, goalA, goalB, changed: now };
    tracks.set(client, fresh);
    return fresh;
  }
  if (known.goalA !== goalA || known.goalB !== goalB) known.changed = now;
  known.goalA = goalA;
  known.goalB = goalB;
  const share = still ? 1 : 1 - Math.exp((-3 * Math.max(0, now - known.at)) / EASE);
  known.a += (goalA - known.a) * share;
  known.b += (goalB - known.b) * share;
  known.at = now;
  if (!isMoving(known)) {
    known.a = goalA;
    known.b = goalB;
  }
  return known;
}

function isMoving(track: Track): boolean {
  return Math.abs(track.goalA - track.a) > 1 || Math.abs(track.goalB - track.b) > CLOSE;
}
