import { muteNotes } from '../../doc/gestures/mute-notes';
import { noteAt } from '../hit';
import type { Stage } from '../stage';
import { endDrag } from './dragging';
import type { Pointer } from './pointer';
import { State } from './state';

/** Silences the notes it passes over, or lets them sound, as the first one decides. */
export class Muting extends State {
  readonly cursor = 'pointer';
  private readonly touched = new Set<string>();
  private mutes: boolean | null = null;

  constructor(stage: Stage, from: Pointer) {
    super(stage);
    this.move(from);
  }

  move(pointer: Pointer): State {
    const hit = noteAt(this.stage, pointer);
    if (!hit) return this;
    this.mutes ??= !this.stage.view.isMuted(hit.note.id);
    this.touched.add(hit.note.id);
    const notes = this.stage.notes(this.touched);
    this.stage.preview.value = {
      kind: 'erase',
      before: notes,
      after: notes,
      hidden: this.touched,
    };
    return this;
  }

  up(): null {
    const { stage } = this;
    endDrag(stage);
    const first = [...this.touched][0];
    if (first === undefined) return null;
    const chosen = stage.editing.selection.peek();
    const ids = this.touched.size === 1 && chosen.has(first) ? chosen : this.touched;
    stage.apply(muteNotes(stage.view, ids, this.mutes ?? true));
    return null;
  }
}
