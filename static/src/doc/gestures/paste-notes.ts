import { pasted, type Copied } from '../clipboard';
import type { Change, Gesture } from '../gesture';
import type { ScoreView } from '../score-view';
import { planNotes } from './plan-notes';

/** Writes copied notes at `tick`; one track's notes go to `track`. */
export function pasteNotes(view: ScoreView, copied: Copied, tick: number, track: string): Gesture {
  const notes = pasted(view, copied, tick, track);
  const mutes = notes.flatMap(({ id }, index): Change[] =>
    copied.notes[index]?.muted === true
      ? [{ root: 'noteAttrs', key: `${id}:muted`, value: 1 }]
      : [],
  );
  return planNotes(view, 'gesture.paste', new Map(notes.map((note) => [note.id, note])), mutes);
}
