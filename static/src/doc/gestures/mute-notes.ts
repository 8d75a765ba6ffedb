import type { Gesture } from '../gesture';
import type { ScoreView } from '../score-view';
import { existing } from './plan-notes';

/** Silences notes, or lets them sound again. */
export function muteNotes(view: ScoreView, ids: Iterable<string>, muted: boolean): Gesture {
  const changes = existing(view, ids).map(({ id }) => ({
    root: 'noteAttrs' as const,
    key: `${id}:muted`,
    value: muted ? 1 : null,
  }));
  return { label: muted ? 'gesture.mute' : 'gesture.unmute', changes };
}
