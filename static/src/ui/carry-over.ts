/** Edits on their way from a template to the visitor's own copy, across one page load. */
import type { SuggestionRequest } from '../ai/suggestions';
import type { Gesture } from '../doc/gesture';

const STORED = 'antiphon.carried';

export interface Carried {
  readonly score: string;
  readonly gestures: readonly Gesture[];
  /** Asked for as soon as the copy is there. */
  readonly request: SuggestionRequest | null;
  /** Where the roll stood, so that the copy opens at the same place. */
  readonly view: CarriedView;
}

export interface CarriedView {
  readonly tool: string;
  readonly track: string;
  readonly left: number;
  readonly zoom: number;
  readonly top: number;
}

export function carryOver(carried: Carried): void {
  sessionStorage.setItem(STORED, JSON.stringify(carried));
}

/** What was carried to this score; it stays until `unpacked`, so that a reload loses nothing. */
export function carriedOver(score: string): Carried | null {
  const text = sessionStorage.getItem(STORED);
  if (text === null) return null;
  // Written by `carryOver` of this very page, so its shape is known.
  const carried = JSON.parse(text) as Carried;
  if (carried.score === score) return carried;
  unpacked();
  return null;
}

/** What was carried stands in the score now. */
export function unpacked(): void {
  sessionStorage.removeItem(STORED);
}
