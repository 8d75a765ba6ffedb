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

/** What was carried to this score; read once. */
export function carriedOver(score: string): Carried | null {
  const text = sessionStorage.getItem(STORED);
  sessionStorage.removeItem(STORED);
  if (text === null) return null;
  // Written by `carryOver` of this very page, so its shape is known.
  const carried = JSON.parse(text) as Carried;
  return carried.score === score ? carried : null;
}
