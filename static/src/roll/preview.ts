/** What a running gesture shows before it is written. */
import type { Note } from '../music/notes';
import type { Box } from './geometry';

export interface Preview {
  readonly kind: 'move' | 'copy' | 'resize' | 'draw' | 'velocity' | 'erase' | 'split';
  /** The notes as they are; the base layer draws them as outlines. */
  readonly before: readonly Note[];
  /** The notes as they will be. */
  readonly after: readonly Note[];
  readonly hidden: ReadonlySet<string>;
}

/** A preview whose notes are worked out when a painter first asks, not with each move. */
export function previewLater(
  shown: Omit<Preview, 'after'>,
  make: () => readonly Note[],
): Preview {
  let after: readonly Note[] | null = null;
  return {
    ...shown,
    get after() {
      return (after ??= make());
    },
  };
}

/** A few words that travel with the pointer. */
export interface Pill {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** A time that the gesture holds on to, shown as a line. */
export interface Guide {
  readonly tick: number;
  /** True while the line comes from the grid. */
  readonly snapped: boolean;
}

/** What lies under the pointer while nothing is pressed. */
export interface Hover {
  readonly x: number;
  readonly y: number;
  readonly tick: number;
  /** Row under the pointer; null outside grid, drums and keys. */
  readonly pitch: number | null;
  readonly note: string | null;
}

export type Marquee = Box;

export const NO_IDS: ReadonlySet<string> = new Set();

export function idsOf(notes: readonly Note[]): ReadonlySet<string> {
  return new Set(notes.map((note) => note.id));
}
