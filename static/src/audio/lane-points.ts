/** Controller curves as steps: what a synth that knows no curves has to be told. */

import type { LanePoint } from '../music/notes';

const STEP_SECONDS = 0.01;

/**
 * The values of a lane over time; a linear stretch becomes a step at most every 10 ms, and only
 * where the whole-number value changes.
 */
export function laneSteps(
  points: readonly LanePoint[],
  seconds: (tick: number) => number,
): (readonly [seconds: number, value: number])[] {
  const steps: [number, number][] = [];
  points.forEach((point, index) => {
    const from = seconds(point.tick);
    steps.push([from, point.value]);
    const next = points[index + 1];
    if (!point.linear || next === undefined) return;
    const to = seconds(next.tick);
    let last = point.value;
    for (let at = from + STEP_SECONDS; at < to; at += STEP_SECONDS) {
      const value = Math.round(
        point.value + ((next.value - point.value) * (at - from)) / (to - from),
      );
      if (value === last) continue;
      last = value;
      steps.push([at, value]);
    }
  });
  return steps;
}
