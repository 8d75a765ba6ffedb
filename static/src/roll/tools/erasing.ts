import { deleteNotes } from '../../doc/gestures/delete-notes';
import type { Note } from '../../music/notes';
import { noteAt } from '../hit';
import { idsOf } from '../preview';
import type { Stage } from '../stage';
import { endDrag } from './dragging';
import type { Pointer } from './pointer';
import { State } from './state';

/** Notes under the pointer go; a drag goes over many, and all of them are one step of undo. */
export class Erasing extends State {
  readonly cursor = 'tool-erase';
  private readonly gone = new Map<string, Note>();
  private last: Pointer;

  constructor(stage: Stage, from: Pointer) {
    super(stage);
    this.last = from;
    this.sweep(from);
  }

  move(pointer: Pointer): State {
    this.sweep(pointer);
    return this;
  }

  /** Looks at every few pixels of the way, so that a fast hand misses nothing. */
  private sweep(to: Pointer): void {
    const from = this.last;
    const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / 4));
    for (let i = 1; i <= steps; i += 1) {
      const x = from.x + ((to.x - from.x) * i) / steps;
      const y = from.y + ((to.y - from.y) * i) / steps;
      const hit = noteAt(this.stage, { x, y });
      if (hit) this.gone.set(hit.note.id, hit.note);
    }
    this.last = to;
    const notes = [...this.gone.values()];
    const { preview } = this.stage;
    preview.value = { kind: 'erase', before: notes, after: notes, hidden: idsOf(notes) };
  }

  up(): null {
    endDrag(this.stage);
    this.stage.apply(deleteNotes(this.stage.view, this.gone.keys()));
    return null;
  }
}
