/** Ticks to bars and beats and back. */

import { lastBegun } from './last-begun';
import { TICKS_PER_QUARTER, type MeterEvent } from './notes';

/** A place in musical time, everything counted from 0. */
export interface BarBeat {
  readonly bar: number;
  readonly beat: number;
  readonly tick: number;
}

interface Segment extends MeterEvent {
  /** Bars before it. */
  readonly bar: number;
}

const COMMON_TIME: MeterEvent = { tick: 0, numerator: 4, denominator: 4 };

/** Ticks of one beat: a quarter in 3/4, an eighth in 6/8. */
export function beatTicks(meter: MeterEvent): number {
  return (TICKS_PER_QUARTER * 4) / meter.denominator;
}

/** Ticks of a whole bar. */
export function barTicks(meter: MeterEvent): number {
  return beatTicks(meter) * meter.numerator;
}

/**
 * The bars of a score. A meter event starts a new bar wherever it stands, so that the bar before
 * it may be cut short.
 */
export class MeterMap {
  private readonly segments: readonly Segment[];

  constructor(events: readonly MeterEvent[]) {
    const sorted = [...events].sort((a, b) => a.tick - b.tick);
    if (sorted[0]?.tick !== 0) sorted.unshift(COMMON_TIME);
    const segments: Segment[] = [];
    let bar = 0;
    sorted.forEach((event, index) => {
      segments.push({ ...event, bar });
      const next = sorted[index + 1];
      if (next !== undefined) bar += Math.ceil((next.tick - event.tick) / barTicks(event));
    });
    this.segments = segments;
  }

  /** The bar (from 0) that holds `tick`; bar 0 for what lies before tick 0. */
  barAt(tick: number): number {
    const segment = this.segmentAt(tick);
    return segment.bar + Math.floor(Math.max(0, tick - segment.tick) / barTicks(segment));
  }

  /** The tick at which `bar` (from 0) starts. */
  barStart(bar: number): number {
    const segment = this.find((candidate) => candidate.bar <= bar);
    return segment.tick + Math.max(0, bar - segment.bar) * barTicks(segment);
  }

  /** Bar, beat and the ticks left over, each from 0. */
  beatAt(tick: number): BarBeat {
    const bar = this.barAt(tick);
    const within = Math.max(0, tick - this.barStart(bar));
    const length = beatTicks(this.segmentAt(tick));
    const beat = Math.floor(within / length);
    return { bar, beat, tick: within - beat * length };
  }

  /** The meter in force at `tick`; its own `tick` is where it began. */
  meterAt(tick: number): MeterEvent {
    const { numerator, denominator, tick: begun } = this.segmentAt(tick);
    return { tick: begun, numerator, denominator };
  }

  private segmentAt(tick: number): Segment {
    return this.find((candidate) => candidate.tick <= tick);
  }

  private find(begun: (segment: Segment) => boolean): Segment {
    return lastBegun(this.segments, begun);
  }
}
