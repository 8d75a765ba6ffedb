import type { MeterEvent } from '../../music/notes';
import type { Gesture } from '../gesture';
import type { ScoreView } from '../score-view';

/** Sets the meter from `tick` on; a new bar begins there. */
export function setMeter(_view: ScoreView, { tick, numerator, denominator }: MeterEvent): Gesture {
  const value = [numerator, denominator];
  return { label: 'gesture.meter', changes: [{ root: 'meter', key: String(tick), value }] };
}

/** Takes a meter event away; the one at tick 0 stays. */
export function removeMeter(_view: ScoreView, tick: number): Gesture {
  const changes = tick === 0 ? [] : [{ root: 'meter' as const, key: String(tick), value: null }];
  return { label: 'gesture.meterRemove', changes };
}
