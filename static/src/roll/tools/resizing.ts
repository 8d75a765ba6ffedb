import { batch } from '@preact/signals-core';

import { resized, resizeNotes, type NoteEdge } from '../../doc/gestures/resize-notes';
import { t } from '../../i18n/catalogue';
import type { Note } from '../../music/notes';
import { idsOf } from '../preview';
import type { Stage } from '../stage';
import { spanWords } from '../words';
import { endDrag, held, isFree, showDrag } from './dragging';
import { SHORTEST } from './kernels';
import type { Pointer } from './pointer';
import { State } from './state';

/** One edge of the chosen notes follows the pointer. */
export class Resizing extends State {
  readonly cursor = 'ew-resize';
  private dt = 0;
  private notes: readonly Note[];

  constructor(
    stage: Stage,
    private readonly grabbed: Note,
    private readonly edge: NoteEdge,
    private readonly from: Pointer,
  ) {
    super(stage);
    this.notes = stage.notes(stage.editing.selection.peek());
  }

  override get scrolls(): 'time' {
    return 'time';
  }

  move(pointer: Pointer): State {
    const { stage, grabbed, edge } = this;
    const at = edge === 'start' ? grabbed.start : grabbed.start + grabbed.duration;
    const target = held(stage, at + pointer.tick - this.from.tick, pointer);
    const grown = resized(grabbed, edge, target - at, SHORTEST);
    const reached = edge === 'start' ? grown.start : grown.start + grown.duration;
    this.dt = reached - at;
    const free = isFree(pointer);
    batch(() => {
      stage.preview.value = {
        kind: 'resize',
        before: this.notes,
        after: this.notes.map((note) => resized(note, edge, this.dt, SHORTEST)),
        hidden: idsOf(this.notes),
      };
      stage.guide.value = { tick: at + this.dt, snapped: !free && this.dt !== 0 };
      const text = this.dt === 0 ? '' : spanWords(stage.view.meter, at, this.dt, free);
      stage.pill.value = text === '' ? null : { text, x: pointer.x, y: pointer.y };
    });
    showDrag(stage, 'resize', this.notes, { dt: this.dt, dp: 0 });
    return this;
  }

  override stillHolds(): boolean {
    this.notes = this.stage.notes(this.notes.map((note) => note.id));
    if (this.stage.view.note(this.grabbed.id)) return true;
    this.stage.editing.status.value = t('roll.gone');
    return false;
  }

  up(): null {
    const { stage, edge, dt, notes, grabbed } = this;
    endDrag(stage);
    if (dt === 0) return null;
    const ids = notes.map((note) => note.id);
    if (stage.apply(resizeNotes(stage.view, ids, edge, dt, SHORTEST))) {
      const after = stage.view.note(grabbed.id);
      if (after) stage.editing.lastDuration.value = after.duration;
    }
    return null;
  }
}
