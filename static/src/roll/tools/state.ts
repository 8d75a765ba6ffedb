/** One state of the hand: what the pointer means now. Named by what it is doing. */
import type { Stage } from '../stage';
import type { Pointer } from './pointer';

export abstract class State {
  constructor(protected readonly stage: Stage) {}

  /** CSS cursor while in this state. */
  abstract readonly cursor: string;

  /** Along what the view scrolls while the pointer is held beyond the edge. */
  get scrolls(): 'time' | 'both' | null {
    return null;
  }

  /** The pointer moved; returns the state that goes on. */
  abstract move(pointer: Pointer): State | null;

  /** The button went up; `null` goes back to rest. */
  abstract up(pointer: Pointer): State | null;

  /** Esc, a lost pointer, a second finger: as if it had never begun. */
  cancel(): void {
    this.stage.clearPreview();
    this.stage.ports.presence?.set({ drag: null });
  }

  /** The score changed under the gesture; `false` ends it. */
  stillHolds(): boolean {
    return true;
  }
}
