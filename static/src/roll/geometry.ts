/** Where things stand in the roll: areas, and ticks and pitches to pixels and back. Pure. */
import { TICKS_PER_QUARTER } from '../music/notes';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Area =
  | 'minimap'
  | 'ruler-marks'
  | 'ruler-bars'
  | 'ruler-loop'
  | 'keys'
  | 'grid'
  | 'drum-names'
  | 'drums'
  | 'lane'
  | 'corner';

export const DRUM_ROW = 14;
export const DRUM_GAP = 7;
/** Height of the loop strip's grip at the foot of the ruler, in pixels. */
export const LOOP_GRIP = 10;

/** Sizes of the areas for a roll of this width (look, section 3). */
export interface Measures {
  readonly keys: number;
  readonly minimap: number;
  readonly ruler: number;
  readonly lane: number;
  readonly phone: boolean;
}

export function measures(width: number, height: number, laneShown: boolean): Measures {
  const phone = width <= 480;
  const narrow = width < 700;
  const short = height < 420;
  return {
    keys: phone ? 36 : narrow ? 46 : 58,
    minimap: phone || short ? 0 : 38,
    ruler: phone ? 34 : 42,
    lane: !laneShown || phone || short ? 0 : narrow ? 84 : 96,
    phone,
  };
}

/** What a geometry is made from; all of it plain values. */
export interface GeometryInput {
  readonly width: number;
  readonly height: number;
  readonly measures: Measures;
  /** Tick at the left edge of the grid. */
  readonly left: number;
  /** Pixels per quarter note. */
  readonly zoom: number;
  /** Pitch at the upper edge of the grid (128 = above the highest key). */
  readonly top: number;
  readonly rowHeight: number;
  /** Drum keys from the upper row to the lowest. */
  readonly drumRows: readonly number[];
  /** First visible drum row. */
  readonly drumTop: number;
}

/** One frame's mapping between music and pixels; x and y are relative to the roll's corner. */
export class Geometry {
  readonly grid: Box;
  readonly drums: Box;
  readonly lane: Box;
  readonly ruler: Box;
  readonly pixelsPerTick: number;
  private readonly rowOfDrum: ReadonlyMap<number, number>;

  constructor(readonly input: GeometryInput) {
    const { width, height, measures: m } = input;
    const top = m.minimap + m.ruler;
    const lane = Math.min(m.lane, Math.max(0, height - top - 80));
    const room = Math.max(0, height - top - lane);
    const wanted = input.drumRows.length > 0 ? input.drumRows.length * DRUM_ROW + DRUM_GAP : 0;
    const drums = Math.min(wanted, Math.floor(room * 0.45));
    const x = m.keys;
    const across = Math.max(0, width - x);
    this.ruler = { x, y: m.minimap, width: across, height: m.ruler };
    this.grid = { x, y: top, width: across, height: Math.max(0, room - drums) };
    this.drums = { x, y: top + room - drums, width: across, height: drums };
    this.lane = { x, y: height - lane, width: across, height: lane };
    this.pixelsPerTick = input.zoom / TICKS_PER_QUARTER;
    this.rowOfDrum = new Map(input.drumRows.map((pitch, row) => [pitch, row]));
  }

  get rowHeight(): number {
    return this.input.rowHeight;
  }

  get left(): number {
    return this.input.left;
  }

  /** Tick at the right edge of the grid. */
  get right(): number {
    return this.input.left + this.grid.width / this.pixelsPerTick;
  }

  /** Lowest pitch of which at least a part is visible. */
  get lowest(): number {
    return Math.max(0, Math.floor(this.input.top - this.grid.height / this.input.rowHeight));
  }

  /** Highest pitch of which at least a part is visible. */
  get highest(): number {
    return Math.min(127, Math.ceil(this.input.top) - 1);
  }

  x(tick: number): number {
    return this.grid.x + (tick - this.input.left) * this.pixelsPerTick;
  }

  tick(x: number): number {
    return this.input.left + (x - this.grid.x) / this.pixelsPerTick;
  }

  /** Upper edge of a pitch row. */
  y(pitch: number): number {
    return this.grid.y + (this.input.top - pitch - 1) * this.input.rowHeight;
  }

  pitch(y: number): number {
    const row = Math.floor((y - this.grid.y) / this.input.rowHeight + (1 - this.fraction));
    return clampPitch(Math.ceil(this.input.top) - 1 - row);
  }

  private get fraction(): number {
    const part = this.input.top - Math.floor(this.input.top);
    return part === 0 ? 1 : part;
  }

  /** Upper edge of a drum's row; null when the drum has none. */
  drumY(pitch: number): number | null {
    const row = this.rowOfDrum.get(pitch);
    if (row === undefined) return null;
    return this.drums.y + DRUM_GAP + (row - this.input.drumTop) * DRUM_ROW;
  }

  drumPitch(y: number): number | null {
    const row = Math.floor((y - this.drums.y - DRUM_GAP) / DRUM_ROW + this.input.drumTop);
    return this.input.drumRows[row] ?? null;
  }

  /** The drum row nearest to a pitch, and the one `by` rows above or below it. */
  drumStep(pitch: number, by: number): number {
    const rows = this.input.drumRows;
    const at = this.rowOfDrum.get(pitch) ?? 0;
    return rows[Math.min(rows.length - 1, Math.max(0, at - by))] ?? pitch;
  }

  /** Velocity 1–127 at a height in the lane. */
  velocity(y: number): number {
    const floor = this.laneFloor;
    const value = Math.round(((floor - y) / this.laneReach) * 127);
    return Math.min(127, Math.max(1, value));
  }

  laneY(velocity: number): number {
    return this.laneFloor - (this.laneReach * velocity) / 127;
  }

  get laneFloor(): number {
    return this.lane.y + this.lane.height - 8;
  }

  get laneReach(): number {
    return Math.max(1, this.lane.height - 20);
  }

  area(x: number, y: number): Area {
    const { measures: m } = this.input;
    if (y < m.minimap) return x < this.grid.x ? 'corner' : 'minimap';
    if (y < this.grid.y) return x < this.grid.x ? 'corner' : this.rulerArea(y);
    if (this.lane.height > 0 && y >= this.lane.y) return x < this.grid.x ? 'corner' : 'lane';
    if (this.drums.height > 0 && y >= this.drums.y) {
      return x < this.grid.x ? 'drum-names' : 'drums';
    }
    return x < this.grid.x ? 'keys' : 'grid';
  }

  private rulerArea(y: number): Area {
    const foot = this.grid.y - y;
    if (foot <= LOOP_GRIP) return 'ruler-loop';
    if (this.input.measures.phone) return 'ruler-bars'; // too low for a row of marks
    return foot > this.ruler.height - 18 ? 'ruler-marks' : 'ruler-bars';
  }
}

export function clampPitch(pitch: number): number {
  return Math.min(127, Math.max(0, pitch));
}
