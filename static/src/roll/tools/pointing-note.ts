import { batch } from '@preact/signals-core';

import type { NoteHit } from '../hit';
import type { Stage } from '../stage';
import { sound } from './dragging';
import { Moving } from './moving';
import { hasMoved, type Pointer } from './pointer';
import { Resizing } from './resizing';
import { State } from './state';

/** A note is pressed: a click chooses it, a drag moves it, copies it or changes its length. */
export class PointingNote extends State {
  readonly cursor: string;
  /** Chosen before the press: a plain click then leaves only this one chosen. */
  private readonly wasChosen: boolean;

  constructor(
    stage: Stage,
    private readonly hit: NoteHit,
    private readonly from: Pointer,
  ) {
    super(stage);
    this.cursor = hit.part === 'body' ? 'grab' : 'ew-resize';
    const { editing } = stage;
    const { note } = hit;
    this.wasChosen = editing.selection.peek().has(note.id);
    batch(() => {
      if (!this.wasChosen) {
        if (from.shift || from.ctrl || from.meta) editing.toggle([note.id]);
        else editing.select([note.id]);
      }
      editing.track.value = note.track;
      editing.cell.value = { tick: note.start, pitch: note.pitch };
      editing.ghostSelection.value = null;
    });
    sound(stage, note);
  }

  move(pointer: Pointer): State {
    const { stage, hit, from } = this;
    if (!stage.canWrite || !hasMoved(from, pointer)) return this;
    const copy = from.alt || from.ctrl;
    const next = hit.part === 'body' || copy
      ? new Moving(stage, hit.note, from, copy)
      : new Resizing(stage, hit.note, hit.part, from);
    return next.move(pointer);
  }

  override stillHolds(): boolean {
    return this.stage.view.note(this.hit.note.id) !== undefined;
  }

  up(): null {
    const { editing } = this.stage;
    const { id, duration, velocity } = this.hit.note;
    const adding = this.from.shift || this.from.ctrl || this.from.meta;
    if (this.wasChosen) {
      if (adding) editing.toggle([id]);
      else editing.select([id]);
    }
    editing.lastDuration.value = duration;
    editing.velocity.value = velocity;
    return null;
  }
}
