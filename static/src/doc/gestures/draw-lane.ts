import type { LanePoint } from '../../music/notes';
import type { Change, Gesture } from '../gesture';
import type { ScoreView } from '../score-view';

export interface LaneSpan {
  readonly track: string;
  readonly controller: string;
  /** What lies from `start` up to but without `end` is replaced. */
  readonly start: number;
  readonly end: number;
}

/** Replaces a stretch of a controller curve by `points`. */
export function drawLane(
  view: ScoreView,
  { track, controller, start, end }: LaneSpan,
  points: readonly LanePoint[],
): Gesture {
  const changes: Change[] = [];
  const lane = `${track}:${controller}`;
  const drawn = new Set(points.map(({ tick }) => tick));
  for (const { tick } of view.lane(track, controller)) {
    if (tick < start || tick >= end || drawn.has(tick)) continue;
    changes.push({ root: 'lanes', key: `${lane}:${tick}`, value: null });
  }
  for (const { tick, value, linear } of points) {
    changes.push({ root: 'lanes', key: `${lane}:${tick}`, value: [value, Number(linear)] });
  }
  return { label: 'gesture.lane', changes };
}
