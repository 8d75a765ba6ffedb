import { snapTick, type SnapSetting } from '../../music/snap';
import type { Gesture } from '../gesture';
import type { ScoreView } from '../score-view';
import { existing, planNotes } from './plan-notes';

/** Brings the start of each note to the nearest line of the grid; durations stay. */
export function quantiseNotes(
  view: ScoreView,
  ids: Iterable<string>,
  setting: SnapSetting,
): Gesture {
  const edits = new Map(
    existing(view, ids).map((note) => [
      note.id,
      { ...note, start: snapTick(note.start, setting, view.meter) },
    ]),
  );
  return planNotes(view, 'gesture.quantise', edits);
}
