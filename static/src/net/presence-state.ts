/** What people in a room see of each other; at most 4 KiB in all, protocol §4. */

export type Role = 'owner' | 'editor' | 'commenter' | 'viewer';

/** A person as others see them. `color` is a slot 1-12. */
export interface PersonCard {
  readonly key: string;
  readonly name: string;
  readonly color: number;
}

/** First and last tick, lowest and highest pitch. */
export type Box = readonly [t0: number, t1: number, p0: number, p1: number];

export interface SelectPresence {
  readonly n: number;
  readonly box: Box;
  readonly ids: readonly string[];
}

export interface DragPresence {
  readonly kind: 'move' | 'resize' | 'copy';
  readonly dt: number;
  readonly dp: number;
  readonly box: Box;
  readonly ids: readonly string[];
}

export interface HearPresence {
  readonly suggestion: string;
  readonly candidate: number;
}

/** What a tab says about itself. `idle` is true after five minutes without input. */
export interface PresenceState {
  readonly cursor: readonly [tick: number, pitch: number, track: string] | null;
  readonly select: SelectPresence | null;
  readonly drag: DragPresence | null;
  readonly view: Box | null;
  readonly hear: HearPresence | null;
  readonly panel: string | null;
  readonly claims: readonly string[];
  readonly idle: boolean;
}

export const NOBODY_YET: PresenceState = {
  cursor: null,
  select: null,
  drag: null,
  view: null,
  hear: null,
  panel: null,
  claims: [],
  idle: false,
};

/** Another tab in the room; one person may have several. */
export interface Peer extends PresenceState {
  readonly clientId: number;
  readonly user: PersonCard;
}
