/** When each suggested note came, so that the newest can fade in, grow, glow and settle. */
import type { CandidateState, SuggestionState } from '../ai/suggestion-state';

const FADE = 120;
const GROW = 160;
const SETTLE = 400;
/** Notes that move at once; the rest appear. */
const MOST = 30;
const EASE = 90;

/** How a young ghost looks; each value 0–1. */
export interface Life {
  readonly shown: number;
  readonly grown: number;
  readonly glow: number;
}

export class GhostAges {
  private readonly known = new Set<string>();
  private readonly born = new Map<string, number>();
  private readonly fronts = new Map<string, { at: number; tick: number }>();

  /** Takes note of what is new in the list. */
  look(suggestions: readonly SuggestionState[], now: number): void {
    const present = new Set<string>();
    for (const suggestion of suggestions) {
      for (const { notes } of suggestion.candidates) {
        for (const { id } of notes) {
          present.add(id);
          if (this.known.has(id)) continue;
          this.known.add(id);
          if (suggestion.status === 'arriving') this.bear(id, now);
        }
      }
    }
    for (const id of this.known) if (!present.has(id)) this.known.delete(id);
  }

  private bear(id: string, now: number): void {
    for (const [old, at] of this.born) if (now - at > SETTLE) this.born.delete(old);
    if (this.born.size < MOST) this.born.set(id, now);
  }

  /** The look of a ghost that is still young; null once it has settled. */
  life(id: string, now: number): Life | null {
    const born = this.born.get(id);
    if (born === undefined) return null;
    const age = Math.max(0, now - born);
    if (age > SETTLE) {
      this.born.delete(id);
      return null;
    }
    return {
      shown: Math.min(1, age / FADE),
      grown: Math.min(1, age / GROW),
      glow: 1 - age / SETTLE,
    };
  }

  /** The front of a candidate, eased towards its latest note. */
  front(suggestion: string, candidate: CandidateState, now: number, still: boolean): number {
    const key = `${suggestion}/${candidate.index}`;
    const known = this.fronts.get(key);
    if (!known || still || candidate.front < known.tick) {
      this.fronts.set(key, { at: now, tick: candidate.front });
      return candidate.front;
    }
    const share = 1 - Math.exp(-(now - known.at) / EASE);
    const tick = known.tick + (candidate.front - known.tick) * share;
    this.fronts.set(key, { at: now, tick });
    return tick;
  }
}
