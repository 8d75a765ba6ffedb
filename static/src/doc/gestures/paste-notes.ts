import type { Note } from '../../music/notes';
import { pasted, type Copied } from '../clipboard';
import type { Change, Gesture } from '../gesture';
import type { ScoreView } from '../score-view';
import { repeatLength } from './duplicate-notes';
import { planNotes } from './plan-notes';

/**
 * Writes copied notes at `tick`; one track's notes go to `track`. Where the very same notes stand
 * already they go right after those: pasting twice in one place repeats the phrase.
 */
export function pasteNotes(view: ScoreView, copied: Copied, tick: number, track: string): Gesture {
  let notes = pasted(view, copied, tick, track);
  for (let at = tick; notes.every((note) => stands(view, note)); ) {
    at += repeatLength(view, notes);
    const next = pasted(view, copied, at, track);
    if (next[0]?.start === notes[0]?.start) break; // the end of what a score can hold
    notes = next;
  }
  const mutes = notes.flatMap(({ id }, index): Change[] =>
    copied.notes[index]?.muted === true
      ? [{ root: 'noteAttrs', key: `${id}:muted`, value: 1 }]
      : [],
  );
  return planNotes(view, 'gesture.paste', new Map(notes.map((note) => [note.id, note])), mutes);
}

/** Whether a note of this track, pitch and start is written already. */
function stands(view: ScoreView, { track, pitch, start }: Note): boolean {
  const there = view.notesOf(track);
  for (let i = there.firstFrom(start); there.notes[i]?.start === start; i += 1) {
    if (there.notes[i]?.pitch === pitch) return true;
  }
  return false;
}
