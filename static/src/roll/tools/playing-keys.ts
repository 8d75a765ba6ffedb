import type { Stage } from '../stage';
import type { Pointer } from './pointer';
import { State } from './state';

/** A key of the column is held; a drag plays a glissando. */
export class PlayingKeys extends State {
  readonly cursor = 'pointer';
  private held: number | null = null;

  constructor(
    stage: Stage,
    private readonly track: string,
    from: Pointer,
  ) {
    super(stage);
    this.press(from);
  }

  move(pointer: Pointer): State {
    if (pointer.pitch !== this.held) this.press(pointer);
    return this;
  }

  private press({ pitch }: Pointer): void {
    this.release();
    this.held = pitch;
    this.stage.pressed.value = new Set([pitch]);
    this.stage.ports.player?.noteOn(this.track, pitch, this.stage.editing.velocity.peek());
  }

  private release(): void {
    if (this.held === null) return;
    this.stage.ports.player?.noteOff(this.track, this.held);
    this.held = null;
    this.stage.pressed.value = new Set();
  }

  override cancel(): void {
    this.release();
    super.cancel();
  }

  up(): null {
    this.release();
    return null;
  }
}
