/** The notes in a hand, with what each move of a drag asks about them: read once per grasp. */
import { clampWithin, reachOf, type Reach, type Shift } from '../../doc/gestures/move-notes';
import { SHOWN_IDS } from '../../doc/shown-ids';
import type { Note } from '../../music/notes';
import type { Box } from '../../net/presence-state';
import { idsOf } from '../preview';
import { boxOf } from './kernels';

export class Grasp {
  readonly ids: ReadonlySet<string>;
  /** Where they lie, as others are told. */
  readonly box: Box;
  /** Those that others are told by name. */
  readonly named: readonly string[];
  private readonly reach: Reach;

  constructor(readonly notes: readonly Note[]) {
    this.ids = idsOf(notes);
    this.box = boxOf(notes);
    this.named = notes.slice(0, SHOWN_IDS).map((note) => note.id);
    this.reach = reachOf(notes);
  }

  /** The most of a move that keeps all of them in the score. */
  clamped(by: Shift): Shift {
    return clampWithin(this.reach, by);
  }
}
