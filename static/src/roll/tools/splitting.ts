import { splitNotes } from '../../doc/gestures/split-notes';
import { noteAt } from '../hit';
import type { Stage } from '../stage';
import { endDrag, held, isFree } from './dragging';
import type { Pointer } from './pointer';
import { State } from './state';

/** The blade: cuts the note under it, and with it every chosen note, where the line stands. */
export class Splitting extends State {
  readonly cursor = 'col-resize';

  constructor(
    stage: Stage,
    private last: Pointer,
  ) {
    super(stage);
    this.move(last);
  }

  move(pointer: Pointer): State {
    this.last = pointer;
    const tick = held(this.stage, pointer.tick, pointer);
    this.stage.guide.value = { tick, snapped: !isFree(pointer) };
    return this;
  }

  up(): null {
    const { stage } = this;
    const tick = held(stage, this.last.tick, this.last);
    endDrag(stage);
    const hit = noteAt(stage, this.last);
    if (!hit) return null;
    const chosen = stage.editing.selection.peek();
    const ids = chosen.has(hit.note.id) ? [...chosen] : [hit.note.id];
    stage.apply(splitNotes(stage.view, ids, tick));
    return null;
  }
}
