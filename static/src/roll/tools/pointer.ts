/** A pointer in pixels and in music at once. */
import type { Area, Geometry } from '../geometry';

export interface Modifiers {
  readonly shift: boolean;
  readonly alt: boolean;
  readonly ctrl: boolean;
  readonly meta: boolean;
}

export interface Pointer extends Modifiers {
  readonly x: number;
  readonly y: number;
  readonly area: Area;
  /** Ticks, not snapped, never below 0. */
  readonly tick: number;
  /** Row under the pointer: a pitch, or the drum of a drum row. */
  readonly pitch: number;
  /** 0 left, 1 middle, 2 right. */
  readonly button: number;
  readonly touch: boolean;
  /** How often in a row: 2 is a double click. */
  readonly clicks: number;
}

export interface PointerInput extends Modifiers {
  readonly x: number;
  readonly y: number;
  readonly button: number;
  readonly touch: boolean;
  readonly clicks: number;
}

/** Reads a place in pixels as a place in the music. */
export function locate(geometry: Geometry, input: PointerInput): Pointer {
  const area = geometry.area(input.x, input.y);
  return {
    ...input,
    area,
    tick: Math.max(0, geometry.tick(input.x)),
    pitch: rowAt(geometry, area, input.y),
  };
}

function rowAt(geometry: Geometry, area: Area, y: number): number {
  if (area === 'drums' || area === 'drum-names') return geometry.drumPitch(y) ?? 0;
  return geometry.pitch(y);
}

/** Distance in pixels after which a press has become a drag. */
export const DRAG_FROM = 3;
/** A finger trembles more than a mouse. */
export const TOUCH_DRAG_FROM = 8;

export function hasMoved(from: Pointer, to: Pointer): boolean {
  const limit = from.touch ? TOUCH_DRAG_FROM : DRAG_FROM;
  return Math.abs(to.x - from.x) >= limit || Math.abs(to.y - from.y) >= limit;
}
