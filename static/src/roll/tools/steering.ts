import { Camera } from '../camera';
import { minimapScale } from '../paint/minimap';
import type { Stage } from '../stage';
import type { Pointer } from './pointer';
import { State } from './state';

const EDGE = 5;

type Grip = 'left' | 'right' | 'box';

/** The minimap: the box is dragged, its edges zoom, a press beside it jumps there. */
export class Steering extends State {
  readonly cursor: string;
  private readonly grip: Grip;
  private readonly offset: number;

  constructor(stage: Stage, from: Pointer) {
    super(stage);
    const { left, right } = stage.geometry.peek();
    const x0 = this.pixel(left);
    const x1 = this.pixel(right);
    const inside = from.x >= x0 - EDGE && from.x <= x1 + EDGE;
    this.grip = minimapGrip(from.x, x0, x1);
    this.cursor = this.grip === 'box' ? 'grabbing' : 'ew-resize';
    this.offset = inside ? this.tick(from.x) - left : (right - left) / 2;
    if (!inside) this.move(from);
  }

  private scale(): ReturnType<typeof minimapScale> {
    const { grid } = this.stage.geometry.peek();
    return minimapScale(this.stage, grid.width, grid.x);
  }

  private pixel(tick: number): number {
    const { x, pixelsPerTick } = this.scale();
    return x + tick * pixelsPerTick;
  }

  private tick(x: number): number {
    const scale = this.scale();
    return (x - scale.x) / scale.pixelsPerTick;
  }

  move(pointer: Pointer): State {
    const camera = new Camera(this.stage);
    const { left, right } = this.stage.geometry.peek();
    const at = this.tick(pointer.x);
    if (this.grip === 'left') camera.showTime(Math.min(at, right - 1), right);
    else if (this.grip === 'right') camera.showTime(left, Math.max(at, left + 1));
    else camera.scrollTo(at - this.offset);
    return this;
  }

  up(): null {
    return null;
  }
}

export function minimapGrip(x: number, x0: number, x1: number): Grip {
  if (x1 - x0 > 4 * EDGE) {
    if (Math.abs(x - x0) <= EDGE) return 'left';
    if (Math.abs(x - x1) <= EDGE) return 'right';
  }
  return 'box';
}
