/** Two fingers: their middle scrolls, their distance zooms. */
import { batch } from '@preact/signals-core';

import { Camera } from './camera';
import type { Stage } from './stage';

interface Finger {
  readonly x: number;
  readonly y: number;
}

/** Fingers closer than this on one axis do not zoom along it, in pixels. */
const APART = 40;

export class Touches {
  private readonly fingers = new Map<number, Finger>();

  constructor(private readonly stage: Stage) {}

  get count(): number {
    return this.fingers.size;
  }

  down(id: number, at: Finger): void {
    this.fingers.set(id, at);
  }

  up(id: number): void {
    this.fingers.delete(id);
  }

  clear(): void {
    this.fingers.clear();
  }

  /** Moves one finger; with two down the view goes along. */
  move(id: number, at: Finger): void {
    if (!this.fingers.has(id)) return;
    const before = [...this.fingers.values()];
    this.fingers.set(id, at);
    const after = [...this.fingers.values()];
    const [a, b] = before;
    const [c, d] = after;
    if (before.length !== 2 || !a || !b || !c || !d) return;
    const camera = new Camera(this.stage);
    const middle = { x: (c.x + d.x) / 2, y: (c.y + d.y) / 2 };
    batch(() => {
      camera.scrollBy((a.x + b.x) / 2 - middle.x, (a.y + b.y) / 2 - middle.y);
      const across = Math.abs(a.x - b.x);
      if (across > APART) camera.zoomTime(Math.abs(c.x - d.x) / across, middle.x);
      const down = Math.abs(a.y - b.y);
      if (down > APART) camera.zoomRows(Math.abs(c.y - d.y) / down, middle.y);
    });
  }
}
