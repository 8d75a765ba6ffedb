/** One canvas of the stack: its place, its device pixels, and whether it must be painted again. */
import type { Box } from './geometry';
import type { Context } from './paint/scene';
import { forgetFace } from './paint/shapes';

export class Surface {
  readonly canvas: HTMLCanvasElement;
  /** How often it was painted since the page opened; for tests and benches. */
  paints = 0;
  private readonly context: Context;
  private dirty = true;
  private box: Box = { x: 0, y: 0, width: 0, height: 0 };
  private ratio = 1;

  /** `painter` gets the roll's own coordinates and says whether the picture moves by itself. */
  constructor(
    readonly name: string,
    private readonly painter: (g: Context) => boolean,
  ) {
    this.canvas = document.createElement('canvas');
    this.canvas.className = name;
    this.canvas.setAttribute('aria-hidden', 'true');
    const context = this.canvas.getContext('2d');
    if (!context) throw new Error('this browser gives no 2D canvas');
    this.context = context;
  }

  /** Puts the canvas on a box of the roll, in CSS pixels; repaints when anything differs. */
  place(box: Box, ratio: number): void {
    const was = this.box;
    if (ratio === this.ratio && sameBox(was, box)) return;
    this.box = box;
    this.ratio = ratio;
    const { canvas } = this;
    if (was.width !== box.width || was.height !== box.height || canvas.width === 0) {
      canvas.style.width = `${box.width}px`;
      canvas.style.height = `${box.height}px`;
    }
    canvas.width = Math.max(1, Math.round(box.width * ratio));
    canvas.height = Math.max(1, Math.round(box.height * ratio));
    canvas.style.left = `${box.x}px`;
    canvas.style.top = `${box.y}px`;
    this.dirty = true;
  }

  /** Moves the canvas sideways by whole pixels, without painting it. */
  slide(x: number): void {
    this.canvas.style.transform = `translateX(${x}px)`;
  }

  soil(): void {
    this.dirty = true;
  }

  get isDirty(): boolean {
    return this.dirty;
  }

  /** Paints if needed; true while the picture moves by itself and wants the next frame. */
  paint(): boolean {
    if (!this.dirty) return false;
    this.dirty = false;
    const { box, ratio, context: g } = this;
    if (box.width <= 0 || box.height <= 0) return false;
    this.paints += 1;
    g.setTransform(ratio, 0, 0, ratio, -box.x * ratio, -box.y * ratio);
    g.clearRect(box.x, box.y, box.width, box.height);
    forgetFace(g);
    const moving = this.painter(g);
    if (moving) this.dirty = true;
    return moving;
  }
}

function sameBox(a: Box, b: Box): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
