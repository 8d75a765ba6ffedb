/** Mouse, pen, fingers and wheel on the roll's element, told to hand and camera. */
import { Camera } from './camera';
import { cursorStyle } from './cursors';
import type { Hand } from './hand';
import type { Stage } from './stage';
import type { PointerInput } from './tools/pointer';
import { Touches } from './touches';

const DOUBLE_MS = 350;
const DOUBLE_PIXELS = 6;
const LONG_PRESS_MS = 500;
const LINE_PIXELS = 16;
const WHEEL_ZOOM = 0.006;
/** A notch of a wheel says 100 or more, a pinch says 1 to 10: both must feel right. */
const WHEEL_MOST = 50;
/** Pixels scrolled each frame while a drag is held beyond the edge. */
const EDGE_STEP = 14;

export interface PointerHooks {
  readonly menu: (x: number, y: number) => void;
}

export class Pointers {
  private readonly touches: Touches;
  private readonly camera: Camera;
  private lastDown = { at: 0, x: 0, y: 0, clicks: 0 };
  private longPress: ReturnType<typeof setTimeout> | null = null;
  private edgeFrame = 0;
  private lastInput: PointerInput | null = null;

  constructor(
    private readonly stage: Stage,
    private readonly hand: Hand,
    private readonly element: HTMLElement,
    private readonly hooks: PointerHooks,
  ) {
    this.touches = new Touches(stage);
    this.camera = new Camera(stage);
    element.addEventListener('pointerdown', this.onDown);
    element.addEventListener('pointermove', this.onMove);
    element.addEventListener('pointerup', this.onUp);
    element.addEventListener('pointercancel', this.onCancel);
    element.addEventListener('pointerleave', this.onLeave);
    element.addEventListener('contextmenu', this.onMenu);
    element.addEventListener('wheel', this.onWheel, { passive: false });
  }

  close(): void {
    cancelAnimationFrame(this.edgeFrame);
    this.stopLongPress();
    const { element } = this;
    element.removeEventListener('pointerdown', this.onDown);
    element.removeEventListener('pointermove', this.onMove);
    element.removeEventListener('pointerup', this.onUp);
    element.removeEventListener('pointercancel', this.onCancel);
    element.removeEventListener('pointerleave', this.onLeave);
    element.removeEventListener('contextmenu', this.onMenu);
    element.removeEventListener('wheel', this.onWheel);
  }

  private input(event: PointerEvent, clicks = 0): PointerInput {
    const { left, top } = this.element.getBoundingClientRect();
    const input = {
      x: event.clientX - left,
      y: event.clientY - top,
      button: event.button,
      touch: event.pointerType === 'touch',
      shift: event.shiftKey,
      alt: event.altKey,
      ctrl: event.ctrlKey,
      meta: event.metaKey,
      clicks,
    };
    this.lastInput = input;
    return input;
  }

  private readonly onDown = (event: PointerEvent): void => {
    if (event.button === 2) return;
    if (event.button === 1) event.preventDefault();
    const input = this.input(event, this.countClicks(event));
    this.element.setPointerCapture(event.pointerId);
    if (input.touch) {
      this.touches.down(event.pointerId, input);
      if (this.touches.count > 1) {
        this.hand.cancel();
        this.stopLongPress();
        return;
      }
      this.startLongPress(input);
    }
    this.show(this.hand.down(input));
    this.watchEdges();
  };

  private countClicks(event: PointerEvent): number {
    const { at, x, y, clicks } = this.lastDown;
    const near = Math.hypot(event.clientX - x, event.clientY - y) < DOUBLE_PIXELS;
    const again = near && event.timeStamp - at < DOUBLE_MS;
    this.lastDown = {
      at: event.timeStamp, x: event.clientX, y: event.clientY, clicks: again ? clicks + 1 : 1,
    };
    return this.lastDown.clicks;
  }

  private readonly onMove = (event: PointerEvent): void => {
    const input = this.input(event);
    if (input.touch) {
      this.touches.move(event.pointerId, input);
      if (this.touches.count > 1) return;
      const { x, y } = this.lastDown;
      if (Math.hypot(event.clientX - x, event.clientY - y) > DOUBLE_PIXELS) this.stopLongPress();
    }
    this.show(this.hand.move(input));
  };

  private readonly onUp = (event: PointerEvent): void => {
    this.stopLongPress();
    const input = this.input(event);
    if (input.touch) this.touches.up(event.pointerId);
    this.show(this.hand.up(input));
    this.stopEdges();
    if (input.touch) this.hand.leave();
  };

  private readonly onCancel = (event: PointerEvent): void => {
    this.touches.up(event.pointerId);
    this.stopLongPress();
    this.stopEdges();
    this.hand.cancel();
  };

  private readonly onLeave = (): void => {
    this.hand.leave();
  };

  private readonly onMenu = (event: MouseEvent): void => {
    event.preventDefault();
    this.hand.cancel();
    const { left, top } = this.element.getBoundingClientRect();
    this.hooks.menu(event.clientX - left, event.clientY - top);
  };

  private startLongPress(input: PointerInput): void {
    this.stopLongPress();
    this.longPress = setTimeout(() => {
      this.hand.cancel();
      this.touches.clear();
      this.hooks.menu(input.x, input.y);
    }, LONG_PRESS_MS);
  }

  private stopLongPress(): void {
    if (this.longPress) clearTimeout(this.longPress);
    this.longPress = null;
  }

  private show(cursor: string): void {
    this.element.style.cursor = cursorStyle(cursor);
  }

  private readonly onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const unit = event.deltaMode === 0 ? 1 : LINE_PIXELS;
    let dx = event.deltaX * unit;
    let dy = event.deltaY * unit;
    const { left, top } = this.element.getBoundingClientRect();
    const x = event.clientX - left;
    const y = event.clientY - top;
    if (event.ctrlKey || event.metaKey) {
      this.camera.zoomTime(zoomOf(dy), x);
      return;
    }
    if (event.altKey) {
      this.camera.zoomRows(zoomOf(dy), y);
      return;
    }
    const area = this.stage.geometry.peek().area(x, y);
    const sideways = area === 'minimap' || area === 'lane' || area.startsWith('ruler');
    if ((event.shiftKey || sideways) && dx === 0) [dx, dy] = [dy, 0];
    if (area === 'drums' || area === 'drum-names') {
      this.camera.scrollDrums(Math.sign(dy));
      dy = 0;
    }
    this.camera.scrollBy(dx, dy);
    this.hand.again();
  };

  /** A drag that is held beyond the edge of the grid scrolls it. */
  private watchEdges(): void {
    this.stopEdges();
    this.edgeFrame = requestAnimationFrame(this.onEdgeFrame);
  }

  private stopEdges(): void {
    cancelAnimationFrame(this.edgeFrame);
    this.edgeFrame = 0;
  }

  private readonly onEdgeFrame = (): void => {
    this.edgeFrame = 0;
    const input = this.lastInput;
    if (!this.hand.busy || !input || !this.hand.scrolls) return;
    const { grid, drums } = this.stage.geometry.peek();
    const right = grid.x + grid.width;
    const foot = drums.height > 0 ? drums.y + drums.height : grid.y + grid.height;
    const dx = beyond(input.x, grid.x, right);
    const dy = this.hand.scrolls === 'both' ? beyond(input.y, grid.y, foot) : 0;
    if (dx !== 0 || dy !== 0) {
      this.camera.scrollBy(dx * EDGE_STEP, dy * EDGE_STEP);
      this.hand.again();
    }
    this.edgeFrame = requestAnimationFrame(this.onEdgeFrame);
  };
}

/** The factor that a turn of the wheel zooms by. */
function zoomOf(delta: number): number {
  const turn = Math.min(WHEEL_MOST, Math.max(-WHEEL_MOST, delta));
  return Math.exp(-turn * WHEEL_ZOOM);
}

/** −1 or 1 where a value lies outside a range, else 0. */
function beyond(value: number, low: number, high: number): number {
  if (value < low) return -1;
  return value > high ? 1 : 0;
}
