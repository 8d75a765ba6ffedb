import { newId, NOTE_ID } from '../../music/ids';
import type { Note } from '../../music/notes';
import type { Change, Gesture } from '../gesture';
import type { ScoreView } from '../score-view';
import { existing, planNotes } from './plan-notes';

/** Cuts notes in two at `tick`, where it lies inside them; the first half keeps the id. */
export function splitNotes(view: ScoreView, ids: Iterable<string>, tick: number): Gesture {
  const edits = new Map<string, Note>();
  const attributes: Change[] = [];
  for (const note of existing(view, ids)) {
    const end = note.start + note.duration;
    if (tick <= note.start || tick >= end) continue;
    const second = { ...note, id: newId(NOTE_ID), start: tick, duration: end - tick };
    edits.set(note.id, { ...note, duration: tick - note.start });
    edits.set(second.id, second);
    if (view.isMuted(note.id)) {
      attributes.push({ root: 'noteAttrs', key: `${second.id}:muted`, value: 1 });
    }
  }
  return planNotes(view, 'gesture.split', edits, attributes);
}
