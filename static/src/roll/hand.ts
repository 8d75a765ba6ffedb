/** The hand on the roll: turns pointers into states, one at a time. */
import { batch } from '@preact/signals-core';

import { noteAt } from './hit';
import type { Stage } from './stage';
import { held } from './tools/dragging';
import { locate, type Pointer, type PointerInput } from './tools/pointer';
import { placeHint, press, restingCursor } from './tools/resting';
import type { State } from './tools/state';
import { hoverWords } from './words';

export class Hand {
  private state: State | null = null;
  private last: PointerInput | null = null;

  constructor(private readonly stage: Stage) {}

  get busy(): boolean {
    return this.state !== null;
  }

  /** Along what the view scrolls while the gesture is held beyond the edge. */
  get scrolls(): 'time' | 'both' | null {
    return this.state?.scrolls ?? null;
  }

  /** Returns the CSS cursor to show. */
  down(input: PointerInput): string {
    if (this.state) this.cancel();
    const pointer = this.locate(input);
    this.stage.hover.value = null;
    this.state = press(this.stage, pointer);
    return this.cursor(pointer);
  }

  move(input: PointerInput): string {
    const pointer = this.locate(input);
    if (this.state) this.state = this.state.move(pointer);
    else this.hover(pointer);
    this.tellPlace(pointer);
    return this.cursor(pointer);
  }

  up(input: PointerInput): string {
    const pointer = this.locate(input);
    if (this.state) this.state = this.state.up(pointer);
    return this.cursor(pointer);
  }

  /** The pointer stays, the paper moved under it. */
  again(): void {
    if (this.last && this.state) this.state = this.state.move(this.locate(this.last));
  }

  /** Esc, a second finger or a lost pointer; true when there was something to end. */
  cancel(): boolean {
    if (!this.state) return false;
    this.state.cancel();
    this.state = null;
    return true;
  }

  /** The score changed: the gesture looks whether its notes still exist. */
  changed(): void {
    if (this.state?.stillHolds() === false) this.cancel();
  }

  leave(): void {
    if (this.state) return;
    batch(() => {
      this.stage.hover.value = null;
      this.stage.guide.value = null;
      this.stage.editing.status.value = '';
    });
    this.stage.ports.presence?.set({ cursor: null });
  }

  private locate(input: PointerInput): Pointer {
    this.last = input;
    return locate(this.stage.geometry.peek(), input);
  }

  private cursor(pointer: Pointer): string {
    return this.state?.cursor ?? restingCursor(this.stage, pointer);
  }

  private hover(pointer: Pointer): void {
    const { stage } = this;
    const { area } = pointer;
    const hint = placeHint(pointer);
    const onGrid = area === 'grid' || area === 'drums';
    const row = onGrid || area === 'keys' || area === 'drum-names' ? pointer.pitch : null;
    const hit = onGrid ? noteAt(stage, pointer) : null;
    batch(() => {
      stage.hover.value = {
        x: pointer.x,
        y: pointer.y,
        tick: pointer.tick,
        pitch: row,
        note: hit?.note.id ?? null,
      };
      stage.guide.value = onGrid && stage.canWrite && stage.editing.tool.peek() === 'split'
        ? { tick: held(stage, pointer.tick, pointer), snapped: true }
        : null;
      if (onGrid) {
        const drums = area === 'drums';
        const place = { tick: pointer.tick, pitch: pointer.pitch, drums };
        stage.editing.status.value = hoverWords(stage, place, hit?.note ?? null);
      } else stage.editing.status.value = hint ?? '';
    });
  }

  private tellPlace(pointer: Pointer): void {
    const { presence } = this.stage.ports;
    if (!presence) return;
    if (pointer.area !== 'grid' && pointer.area !== 'drums') {
      presence.set({ cursor: null });
      return;
    }
    const drums = this.stage.shownTracks.find((track) => track.kind === 'drums');
    const track = pointer.area === 'drums' ? drums?.id : this.stage.editing.track.peek();
    presence.set({ cursor: [Math.round(pointer.tick), pointer.pitch, track ?? ''] });
  }
}
