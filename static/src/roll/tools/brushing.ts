import { batch } from '@preact/signals-core';

import type { Box } from '../geometry';
import { notesInside } from '../hit';
import type { Stage } from '../stage';
import { ghostsInside } from './picking-ghosts';
import { hasMoved, type Pointer } from './pointer';
import { State } from './state';

/** The marquee: free, never snapped. Shift or ctrl adds to what is chosen. */
export class Brushing extends State {
  readonly cursor = 'crosshair';
  private moved = false;
  private readonly before: ReadonlySet<string>;
  private readonly adds: boolean;

  constructor(
    stage: Stage,
    private readonly from: Pointer,
  ) {
    super(stage);
    this.before = stage.editing.selection.peek();
    this.adds = from.shift || from.ctrl || from.meta;
  }

  override get scrolls(): 'both' {
    return 'both';
  }

  move(pointer: Pointer): State {
    if (!this.moved && !hasMoved(this.from, pointer)) return this;
    this.moved = true;
    const { stage } = this;
    const box = this.box(pointer);
    const inside = notesInside(stage, box).map((note) => note.id);
    const ghosts = this.adds || inside.length === 0 ? ghostsInside(stage, box) : null;
    batch(() => {
      stage.marquee.value = box;
      stage.editing.select(this.adds ? [...this.before, ...inside] : inside);
      stage.editing.ghostSelection.value = ghosts;
    });
    return this;
  }

  private box(pointer: Pointer): Box {
    const { grid, lane, input } = this.stage.geometry.peek();
    const floor = lane.height > 0 ? lane.y : input.height;
    const y1 = Math.min(Math.max(pointer.y, grid.y), floor - 1);
    const x1 = Math.max(pointer.x, grid.x);
    return {
      x: Math.min(this.from.x, x1),
      y: Math.min(this.from.y, y1),
      width: Math.abs(x1 - this.from.x),
      height: Math.abs(y1 - this.from.y),
    };
  }

  override cancel(): void {
    super.cancel();
    this.stage.editing.select(this.before);
  }

  up(pointer: Pointer): null {
    const { stage, from } = this;
    stage.clearPreview();
    if (this.moved) return null;
    if (!this.adds) stage.editing.clearSelection();
    stage.editing.cell.value = {
      tick: Math.round(from.tick),
      pitch: pointer.pitch,
    };
    return null;
  }
}
