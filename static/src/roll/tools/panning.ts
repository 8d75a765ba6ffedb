import type { Stage } from '../stage';
import { Camera } from '../camera';
import type { Pointer } from './pointer';
import { State } from './state';

/** The middle button takes hold of the paper. */
export class Panning extends State {
  readonly cursor = 'grabbing';
  private x: number;
  private y: number;

  constructor(stage: Stage, from: Pointer) {
    super(stage);
    this.x = from.x;
    this.y = from.y;
  }

  move(pointer: Pointer): State {
    new Camera(this.stage).scrollBy(this.x - pointer.x, this.y - pointer.y);
    this.x = pointer.x;
    this.y = pointer.y;
    return this;
  }

  up(): null {
    return null;
  }
}
