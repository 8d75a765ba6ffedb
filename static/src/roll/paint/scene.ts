/** What every painter gets: a context in CSS pixels, the stage and the theme. */
import type { Geometry } from '../geometry';
import type { Palette } from '../palette';
import type { Stage } from '../stage';

export type Context = CanvasRenderingContext2D;

export interface Scene {
  readonly stage: Stage;
  readonly geometry: Geometry;
  readonly palette: Palette;
  /** Milliseconds of `performance.now`, for what moves. */
  readonly now: number;
  /** True where people asked for less motion. */
  readonly still: boolean;
}
