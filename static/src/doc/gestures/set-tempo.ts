import { microsecondsOf } from '../../music/tempo-map';
import type { Gesture } from '../gesture';
import type { ScoreView } from '../score-view';

export interface TempoWish {
  readonly tick: number;
  readonly bpm: number;
  /** Whether it glides to the next event. */
  readonly ramp?: boolean;
}

/** Sets the tempo from `tick` on, to the next event. */
export function setTempo(_view: ScoreView, { tick, bpm, ramp = false }: TempoWish): Gesture {
  const value = [microsecondsOf(bpm), Number(ramp)];
  return { label: 'gesture.tempo', changes: [{ root: 'tempo', key: String(tick), value }] };
}
