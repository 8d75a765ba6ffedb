import type { MeterEvent } from '../../music/notes';
import type { Gesture } from '../gesture';
import type { ScoreView } from '../score-view';

/** Sets the meter from `tick` on; a new bar begins there. */
export function setMeter(_view: ScoreView, { tick, numerator, denominator }: MeterEvent): Gesture {
  const value = [numerator, denominator];
  return { label: 'gesture.meter', changes: [{ root: 'meter', key: String(tick), value }] };
}
