import type { Marker } from '../../music/notes';
import type { Gesture } from '../gesture';
import type { ScoreView } from '../score-view';

/** Writes a marker, a new one or one that exists. */
export function setMarker(_view: ScoreView, { id, tick, kind, text }: Marker): Gesture {
  return {
    label: 'gesture.marker',
    changes: [{ root: 'markers', key: id, value: [tick, kind, text] }],
  };
}

export function removeMarker(_view: ScoreView, id: string): Gesture {
  return {
    label: 'gesture.markerRemove',
    changes: [{ root: 'markers', key: id, value: null }],
  };
}
