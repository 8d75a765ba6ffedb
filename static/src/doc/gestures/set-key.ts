import type { KeyEvent } from '../../music/notes';
import type { Gesture } from '../gesture';
import type { ScoreView } from '../score-view';

/** Sets the key signature from `tick` on. */
export function setKey(_view: ScoreView, { tick, fifths, mode }: KeyEvent): Gesture {
  const value = [fifths, mode];
  return { label: 'gesture.key', changes: [{ root: 'keys', key: String(tick), value }] };
}
