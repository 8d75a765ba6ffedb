import { batch } from '@preact/signals-core';

import { resized, resizeNotes, type NoteEdge } from '../../doc/gestures/resize-notes';
import { t } from '../../i18n/catalogue';
import type { Note } from '../../music/notes';
import { previewLater } from '../preview';
import { stepAt } from '../snapping';
import type { Stage } from '../stage';
import { spanWords } from '../words';
import { endDrag, held, isFree, showDrag } from './dragging';
import { Grasp } from './grasp';
import { SHORTEST } from './kernels';
import type { Pointer } from './pointer';
import { State } from './state';

/** One edge of the chosen notes follows the pointer. */
export class Resizing extends State {
  readonly cursor = 'ew-resize';
  private dt = 0;
  private grasp: Grasp;

  constructor(
    stage: Stage,
    private readonly grabbed: Note,
    private readonly edge: NoteEdge,
    private readonly from: Pointer,
  ) {
    super(stage);
    this.grasp = new Grasp(stage.notes(stage.editing.selection.peek()));
  }

  override get scrolls(): 'time' {
    return 'time';
  }

  move(pointer: Pointer): State {
    const { stage, grabbed, grasp, edge } = this;
    const at = edge === 'start' ? grabbed.start : grabbed.start + grabbed.duration;
    const target = held(stage, at + pointer.tick - this.from.tick, pointer);
    const least = isFree(pointer) ? SHORTEST : stepAt(stage.snapping, grabbed.start);
    const grown = resized(grabbed, edge, target - at, least);
    const reached = edge === 'start' ? grown.start : grown.start + grown.duration;
    const dt = reached - at;
    this.dt = dt;
    const free = isFree(pointer);
    batch(() => {
      stage.preview.value = previewLater(
        { kind: 'resize', before: grasp.notes, hidden: grasp.ids },
        () => grasp.notes.map((note) => resized(note, edge, dt, SHORTEST)),
      );
      stage.guide.value = { tick: at + dt, snapped: !free && dt !== 0 };
      const text = dt === 0 ? '' : spanWords(stage.view.meter, at, dt, free);
      stage.pill.value = text === '' ? null : { text, x: pointer.x, y: pointer.y };
    });
    showDrag(stage, 'resize', grasp, { dt, dp: 0 });
    return this;
  }

  override stillHolds(): boolean {
    this.grasp = new Grasp(this.stage.notes(this.grasp.ids));
    if (this.stage.view.note(this.grabbed.id)) return true;
    this.stage.editing.status.value = t('roll.gone');
    return false;
  }

  up(): null {
    const { stage, edge, dt, grasp, grabbed } = this;
    endDrag(stage);
    if (dt === 0) return null;
    const ids = [...grasp.ids];
    if (stage.apply(resizeNotes(stage.view, ids, edge, dt, SHORTEST))) {
      const after = stage.view.note(grabbed.id);
      if (after) stage.editing.lastDuration.value = after.duration;
    }
    return null;
  }
}
