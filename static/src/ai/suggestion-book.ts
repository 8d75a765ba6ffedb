/** All suggestions of a room as this page knows them, kept up by what the server says. */

import type { CandidateState, SuggestionState, SuggestedNote } from './suggestion-state';
import type { SuggestionMessage } from './suggestion-wire';

/** Settled ones beyond this many are forgotten, oldest first. */
const MOST_SETTLED = 40;

export class SuggestionBook {
  private readonly byId = new Map<string, SuggestionState>();
  /** Notes that came since the list was last looked at, by suggestion and candidate. */
  private readonly arriving = new Map<string, Map<number, SuggestedNote[]>>();
  private readonly hidden = new Set<string>();

  get(id: string): SuggestionState | undefined {
    this.settle();
    return this.byId.get(id);
  }

  /** Oldest first. */
  list(): SuggestionState[] {
    this.settle();
    return [...this.byId.values()];
  }

  /** Takes in one message; tells whether anything changed. */
  take(message: SuggestionMessage): boolean {
    switch (message.t) {
      case 'open':
        this.open(message.suggestions);
        return true;
      case 'opened':
        this.put(message.suggestion);
        this.forgetOld();
        return true;
      case 'note':
        return this.addNote(message.id, message.candidate, message.note);
      case 'progress':
        return this.progress(message);
      case 'done':
        this.settle();
        return this.change(message.id, ({ candidates, status }) => ({
          status: message.status ?? status,
          candidates: withCandidate(candidates, message.candidate, () => ({
            done: true,
            stats: message.stats,
          })),
        }));
      case 'failed':
        return this.change(message.id, () => ({ status: 'failed', error: message.error }));
      case 'cancelled':
        return this.change(message.id, () => ({ status: 'cancelled' }));
      case 'voted':
        return this.change(message.id, ({ candidates }) => ({
          candidates: withCandidate(candidates, message.candidate, () => ({
            votes: message.votes,
          })),
        }));
      case 'decided':
        return this.change(message.id, ({ candidates, status }) => ({
          status: message.status ?? status,
          candidates: candidates.map((one) => ({
            ...one,
            verdict: message.verdicts[one.index] ?? null,
            kept: message.kept[one.index] ?? null,
          })),
        }));
      default:
        return false;
    }
  }

  /** Out of my sight, or back in it. */
  hide(id: string, hidden: boolean): boolean {
    if (hidden) this.hidden.add(id);
    else this.hidden.delete(id);
    return this.change(id, () => ({ hidden }));
  }

  /** What is open in the room, after joining it again: what is missing was settled meanwhile. */
  private open(suggestions: readonly SuggestionState[]): void {
    this.arriving.clear();
    const open = new Map(suggestions.map((one) => [one.id, one]));
    for (const [id, known] of this.byId) {
      if (open.has(id) || isSettled(known)) continue;
      this.byId.set(id, { ...known, status: 'decided' });
    }
    for (const one of suggestions) this.put(one);
  }

  private put(suggestion: SuggestionState): void {
    this.byId.set(suggestion.id, { ...suggestion, hidden: this.hidden.has(suggestion.id) });
  }

  private addNote(id: string, candidate: number, note: SuggestedNote): boolean {
    const of = this.byId.get(id);
    if (of === undefined) return false;
    if (of.status === 'waiting') this.byId.set(id, { ...of, status: 'arriving', queue: 0 });
    let candidates = this.arriving.get(id);
    if (candidates === undefined) {
      candidates = new Map<number, SuggestedNote[]>();
      this.arriving.set(id, candidates);
    }
    const notes = candidates.get(candidate);
    if (notes === undefined) candidates.set(candidate, [note]);
    else notes.push(note);
    return true;
  }

  private progress(message: SuggestionMessage & { t: 'progress' }): boolean {
    this.settle();
    return this.change(message.id, ({ candidates, status, queue }) => ({
      status: message.status ?? status,
      queue: message.queue ?? queue,
      candidates:
        message.candidate === null
          ? candidates
          : withCandidate(candidates, message.candidate, ({ front }) => ({
              front: Math.max(front, message.tick ?? front),
            })),
    }));
  }

  /** Puts the notes that arrived into their candidates, each array copied once for all of them. */
  private settle(): void {
    for (const [id, arrived] of this.arriving) {
      this.change(id, ({ candidates }) => ({
        candidates: candidates.map((one) => withNotes(one, arrived.get(one.index))),
      }));
    }
    this.arriving.clear();
  }

  private change(
    id: string,
    change: (suggestion: SuggestionState) => Partial<SuggestionState>,
  ): boolean {
    const known = this.byId.get(id);
    if (known === undefined) return false;
    this.byId.set(id, { ...known, ...change(known) });
    return true;
  }

  private forgetOld(): void {
    const settled = [...this.byId.values()].filter(isSettled);
    for (const { id } of settled.slice(0, -MOST_SETTLED)) this.byId.delete(id);
  }
}

/** Nothing more will happen to it by itself. */
export function isSettled({ status }: SuggestionState): boolean {
  return status === 'decided' || status === 'cancelled';
}

function withCandidate(
  candidates: readonly CandidateState[],
  index: number,
  change: (candidate: CandidateState) => Partial<CandidateState>,
): CandidateState[] {
  return candidates.map((one) => (one.index === index ? { ...one, ...change(one) } : one));
}

function withNotes(
  candidate: CandidateState,
  arrived: readonly SuggestedNote[] | undefined,
): CandidateState {
  if (arrived === undefined) return candidate;
  const known = new Set(candidate.notes.map(({ id }) => id));
  const fresh = arrived.filter(({ id }) => !known.has(id));
  const front = fresh.reduce((latest, { start }) => Math.max(latest, start), candidate.front);
  return { ...candidate, notes: [...candidate.notes, ...fresh], front };
}
