/** Ticks to seconds and back, through constant tempi and linear ramps, in closed form. */

import { lastBegun } from './last-begun';
import { TICKS_PER_QUARTER, type TempoEvent } from './notes';

const MICROSECONDS_PER_MINUTE = 60_000_000;
const DEFAULT_TEMPO = 500_000;
/** Below this relative change of tempo a ramp is a constant to double precision. */
const FLAT = 1e-12;

/** A stretch of constant or linearly changing bpm, from one tempo event to the next. */
interface Segment {
  readonly tick: number;
  readonly seconds: number;
  readonly bpm: number;
  /** Change of bpm per tick; 0 without a ramp. */
  readonly slope: number;
}

/** Beats per minute of a tempo in microseconds per quarter note. */
export function bpmOf(microseconds: number): number {
  return MICROSECONDS_PER_MINUTE / microseconds;
}

/** Whole microseconds per quarter note, as MIDI holds them, within what a score may hold. */
export function microsecondsOf(bpm: number): number {
  return Math.min(12_000_000, Math.max(60_000, Math.round(MICROSECONDS_PER_MINUTE / bpm)));
}

/**
 * Where each tick falls in time. A ramp is bpm linear in ticks up to the next event; the last
 * event never ramps, since nothing follows. Before tick 0 the first tempo goes on.
 */
export class TempoMap {
  private readonly segments: readonly Segment[];

  constructor(events: readonly TempoEvent[]) {
    this.segments = segmentsOf([...events].sort((a, b) => a.tick - b.tick));
  }

  /** Seconds from tick 0 to `tick`. */
  seconds(tick: number): number {
    const segment = this.at((candidate) => candidate.tick <= tick);
    return segment.seconds + elapsed(segment, tick - segment.tick);
  }

  /** The tick (a fraction) that sounds `seconds` after tick 0. */
  tick(seconds: number): number {
    const segment = this.at((candidate) => candidate.seconds <= seconds);
    return segment.tick + travelled(segment, seconds - segment.seconds);
  }

  /** Beats per minute at `tick`. */
  bpmAt(tick: number): number {
    const segment = this.at((candidate) => candidate.tick <= tick);
    return segment.bpm + segment.slope * Math.max(0, tick - segment.tick);
  }

  private at(begun: (segment: Segment) => boolean): Segment {
    return lastBegun(this.segments, begun);
  }
}

function segmentsOf(events: readonly TempoEvent[]): Segment[] {
  const first = events[0];
  const sorted =
    first?.tick === 0
      ? events
      : [{ tick: 0, microseconds: first?.microseconds ?? DEFAULT_TEMPO, ramp: false }, ...events];
  const segments: Segment[] = [];
  let seconds = 0;
  sorted.forEach((event, index) => {
    const next = sorted[index + 1];
    const bpm = bpmOf(event.microseconds);
    const ticks = next === undefined ? 0 : next.tick - event.tick;
    const slope =
      event.ramp && next !== undefined && ticks > 0 ? (bpmOf(next.microseconds) - bpm) / ticks : 0;
    const segment = { tick: event.tick, seconds, bpm, slope };
    segments.push(segment);
    seconds += elapsed(segment, ticks);
  });
  return segments;
}

/** Seconds that the first `ticks` of a segment last: 60·q·ln(b1/b0)/(b1−b0) on a ramp. */
function elapsed(segment: Segment, ticks: number): number {
  const flat = (60 * ticks) / (TICKS_PER_QUARTER * segment.bpm);
  const change = (segment.slope * ticks) / segment.bpm;
  return Math.abs(change) < FLAT || ticks <= 0 ? flat : (flat * Math.log1p(change)) / change;
}

/** Ticks that a segment covers in its first `seconds`; the inverse of `elapsed`. */
function travelled(segment: Segment, seconds: number): number {
  const flat = (seconds * TICKS_PER_QUARTER * segment.bpm) / 60;
  const rate = (segment.slope * TICKS_PER_QUARTER * seconds) / 60;
  return Math.abs(rate) < FLAT || seconds <= 0 ? flat : (flat * Math.expm1(rate)) / rate;
}
