import type { Stage } from '../stage';
import { held } from './dragging';
import type { Pointer } from './pointer';
import { State } from './state';

/** The ruler is pressed: the playhead goes there, and along while nothing plays. */
export class Scrubbing extends State {
  readonly cursor = 'ew-resize';

  constructor(
    stage: Stage,
    private last: Pointer,
  ) {
    super(stage);
    this.move(last);
  }

  move(pointer: Pointer): State {
    this.last = pointer;
    const { player } = this.stage.ports;
    const tick = held(this.stage, pointer.tick, pointer);
    this.stage.guide.value = { tick, snapped: true };
    if (player && !player.playing.peek()) player.seek(tick);
    return this;
  }

  up(): null {
    const { stage } = this;
    const tick = held(stage, this.last.tick, this.last);
    stage.clearPreview();
    stage.ports.player?.seek(tick);
    stage.editing.cell.value = { ...stage.editing.cell.peek(), tick };
    return null;
  }
}
