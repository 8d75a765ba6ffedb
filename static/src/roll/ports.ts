/** What the roll asks of the parts beside it; types only, so that it runs without them. */
import type { Suggestions } from '../ai/suggestions';
import type { Player } from '../audio/player';
import type { ScoreDocument } from '../doc/score-document';
import type { Presence } from '../net/presence';

/** The player as far as the roll uses it. */
export type RollPlayer = Pick<
  Player,
  | 'noteOn' | 'noteOff' | 'preview' | 'seek' | 'playing' | 'parked' | 'positionNow'
  | 'loop' | 'sounding'
>;

export type RollPresence = Pick<Presence, 'peers' | 'set'>;

export type RollSuggestions = Pick<
  Suggestions,
  'list' | 'current' | 'accept' | 'hideForMe' | 'next'
>;

export interface Ports {
  readonly document: ScoreDocument | null;
  readonly player: RollPlayer | null;
  readonly presence: RollPresence | null;
  readonly suggestions: RollSuggestions | null;
}

export const ALONE: Ports = { document: null, player: null, presence: null, suggestions: null };
