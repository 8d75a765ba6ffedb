import { batch } from '@preact/signals-core';

import { duplicateNotes, idsAdded } from '../../doc/gestures/duplicate-notes';
import { moved, moveNotes, type Shift } from '../../doc/gestures/move-notes';
import { t } from '../../i18n/catalogue';
import type { Note } from '../../music/notes';
import { NO_IDS, previewLater } from '../preview';
import type { Stage } from '../stage';
import { shiftWords } from '../words';
import { endDrag, held, isFree, showDrag, sound } from './dragging';
import { Grasp } from './grasp';
import { DRAG_FROM, type Pointer } from './pointer';
import { State } from './state';

/** Notes travel with the pointer; written once, on drop. With `copy` the originals stay. */
export class Moving extends State {
  readonly cursor: string;
  private by: Shift = { dt: 0, dp: 0 };
  /** The shift of the preview; null when that is out of date for other reasons. */
  private shown: Shift | null = null;
  private grasp: Grasp;
  private heardPitch: number;

  constructor(
    stage: Stage,
    private readonly grabbed: Note,
    private readonly from: Pointer,
    private readonly copy: boolean,
  ) {
    super(stage);
    this.cursor = copy ? 'copy' : 'grabbing';
    this.grasp = new Grasp(stage.notes(stage.editing.selection.peek()));
    this.heardPitch = grabbed.pitch;
  }

  override get scrolls(): 'both' {
    return 'both';
  }

  move(pointer: Pointer): State {
    const { grabbed, from } = this;
    let dt = 0;
    if (Math.abs(pointer.x - from.x) >= DRAG_FROM) {
      dt = this.target(pointer) - grabbed.start;
    }
    let dp = pointer.pitch - from.pitch;
    if (pointer.shift) {
      const sideways = Math.abs(pointer.x - from.x) > Math.abs(pointer.y - from.y);
      if (sideways) dp = 0;
      else dt = 0;
    }
    this.by = this.grasp.clamped({ dt, dp });
    this.show(pointer);
    return this;
  }

  private target(pointer: Pointer): number {
    const wish = this.grabbed.start + pointer.tick - this.from.tick;
    const free = isFree(pointer) && !this.from.alt;
    if (free) return Math.max(0, Math.round(wish));
    return held(this.stage, wish, { ...pointer, alt: false });
  }

  private show(pointer: Pointer): void {
    const { stage, grabbed, grasp, by } = this;
    const free = isFree(pointer) && !this.from.alt;
    const text = shiftWords(stage.view.meter, grabbed.start, by, free);
    batch(() => {
      this.preview();
      stage.guide.value = { tick: grabbed.start + by.dt, snapped: !free && by.dt !== 0 };
      stage.pill.value = text === '' ? null : { text, x: pointer.x, y: pointer.y };
    });
    showDrag(stage, this.copy ? 'copy' : 'move', grasp, by);
    const pitch = grabbed.pitch + by.dp;
    if (pitch === this.heardPitch) return;
    this.heardPitch = pitch;
    sound(stage, { ...grabbed, pitch });
  }

  /** Between two lines of the grid the notes stay where they are shown. */
  private preview(): void {
    const { stage, grasp, by, shown } = this;
    if (shown?.dt === by.dt && shown.dp === by.dp) return;
    this.shown = by;
    stage.preview.value = previewLater(
      {
        kind: this.copy ? 'copy' : 'move',
        before: grasp.notes,
        hidden: this.copy ? NO_IDS : grasp.ids,
      },
      () => [...moved(grasp.notes, by).values()],
    );
  }

  override stillHolds(): boolean {
    this.grasp = new Grasp(this.stage.notes(this.grasp.ids));
    this.shown = null;
    if (this.stage.view.note(this.grabbed.id)) return true;
    this.stage.editing.status.value = t('roll.gone');
    return false;
  }

  up(): null {
    const { stage, by, grasp } = this;
    endDrag(stage);
    if (by.dt === 0 && by.dp === 0) return null;
    const ids = [...grasp.ids];
    if (!this.copy) {
      stage.apply(moveNotes(stage.view, ids, by.dt, by.dp));
      return null;
    }
    const gesture = duplicateNotes(stage.view, ids, by);
    const added = idsAdded(stage.view, gesture);
    if (stage.apply(gesture)) stage.editing.select(added);
    return null;
  }
}
