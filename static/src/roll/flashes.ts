/** Notes that light up once: accepted ones from left to right, dropped ones in their colour. */
import type { ScoreChange, ScoreView } from '../doc/score-view';
import type { Peer } from '../net/presence-state';

/** A dropped note glows for this long, in ms. */
const DROP = 200;
/** The flood of an acceptance crosses the accepted notes in this time, then each settles. */
const FLOOD = 200;
const SETTLE = 160;
/** More notes than this change without a show. */
const MOST = 400;

interface Flash {
  readonly begun: number;
  readonly length: number;
  /** Slot of a person's colour; null for an accepted suggestion. */
  readonly color: number | null;
}

interface Accepted {
  readonly id: string;
  readonly start: number;
}

export interface Glow {
  readonly id: string;
  /** 1 at first, 0 when it is over. */
  readonly strength: number;
  readonly color: number | null;
}

export class Flashes {
  private readonly lit = new Map<string, Flash>();
  private dragged = new Map<string, number>();

  /** Remembers who drags what, since the drop arrives when the drag is already over. */
  look(peers: readonly Peer[]): void {
    for (const { drag, user } of peers) {
      for (const id of drag?.ids ?? []) this.dragged.set(id, user.color);
    }
    if (this.dragged.size > MOST * 4) this.dragged = new Map();
  }

  heard(view: ScoreView, change: ScoreChange, now: number): void {
    if (change.notes.size > MOST || change.origin === 'load') return;
    const accepted: Accepted[] = [];
    for (const [id, { before, after }] of change.notes) {
      if (!after) continue;
      const color = this.dragged.get(id);
      if (change.origin === 'remote' && color !== undefined) {
        this.lit.set(id, { begun: now, length: DROP, color });
        this.dragged.delete(id);
      } else if (!before && view.attribute(id, 'from') !== undefined) {
        accepted.push({ id, start: after.start });
      }
    }
    this.flood(accepted, now);
  }

  private flood(notes: readonly Accepted[], now: number): void {
    const first = Math.min(...notes.map((note) => note.start));
    const reach = Math.max(1, Math.max(...notes.map((note) => note.start)) - first);
    for (const { id, start } of notes) {
      const begun = now + ((start - first) / reach) * FLOOD;
      this.lit.set(id, { begun, length: SETTLE, color: null });
    }
  }

  /** What glows now; forgets what is over. */
  glowing(now: number): readonly Glow[] {
    const glows: Glow[] = [];
    for (const [id, { begun, length, color }] of this.lit) {
      const age = now - begun;
      if (age > length) this.lit.delete(id);
      else glows.push({ id, color, strength: age < 0 ? 1 : 1 - age / length });
    }
    return glows;
  }
}
