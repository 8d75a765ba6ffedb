/** Suggestions as the page shows them: what was asked, and what came so far. */

import type { Note } from '../music/notes';
import type { PersonCard } from '../net/presence-state';

export type SuggestionKind =
  | 'continue'
  | 'infill'
  | 'vary'
  | 'accompany'
  | 'harmonise'
  | 'reimagine'
  | 'answer';

export interface Region {
  readonly tracks: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** Wishes; a missing name means no preference. */
export type Controls = Readonly<Record<string, number | string | boolean>>;

/** `waiting` with nothing before it in the queue: the model is being loaded. */
export type SuggestionStatus =
  | 'waiting'
  | 'arriving'
  | 'ready'
  | 'failed'
  | 'cancelled'
  | 'decided';

export type Verdict = 'accepted' | 'dismissed' | 'reopened';

/** A proposed note with its log-probability in nats. */
export interface SuggestedNote extends Note {
  readonly logp: number;
}

export interface Vote {
  readonly key: string;
  readonly value: number;
}

export interface CandidateState {
  readonly index: number;
  /** A, B, C, D. */
  readonly letter: string;
  readonly notes: readonly SuggestedNote[];
  /** The tick up to which it is written. */
  readonly front: number;
  readonly done: boolean;
  readonly stats: Readonly<Record<string, number>>;
  readonly votes: readonly Vote[];
  /** What the room decided; a reopened candidate has none. */
  readonly verdict: 'accepted' | 'dismissed' | null;
  /** Ids of the notes that were accepted; null when all were, or none. */
  readonly kept: readonly string[] | null;
}

export interface SuggestionError {
  readonly code: string;
  readonly text: string;
}

export interface SuggestionState {
  readonly id: string;
  readonly by: PersonCard;
  readonly kind: SuggestionKind;
  readonly region: Region;
  readonly engine: string;
  readonly seed: number;
  readonly controls: Controls;
  readonly status: SuggestionStatus;
  /** How many wait before it. */
  readonly queue: number;
  readonly error?: SuggestionError;
  /** Notes that an acceptance takes away, where nobody has changed them since. */
  readonly replaces: readonly string[];
  /** Those notes as they stood when the suggestion was asked for. */
  readonly replaced: readonly Note[];
  readonly candidates: readonly CandidateState[];
  /** Out of my sight only; everybody else still sees it. */
  readonly hidden: boolean;
}

/** The candidate that ghosts, keys and audition are about. */
export interface CurrentCandidate {
  readonly suggestion: string;
  readonly candidate: number;
}
