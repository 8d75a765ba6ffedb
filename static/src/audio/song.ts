/** From the score to what each channel plays. */

import type { ScoreView } from '../doc/score-view';
import type { Note } from '../music/notes';
import { type EventList } from './events';
import { laneSteps } from './lane-points';
import { eventsOf, type TimedNote, type TimedPoint } from './track-events';

/** A candidate heard in its context: its notes sound, `hide` (replaced notes) are silent. */
export interface Audition {
  readonly notes: readonly Note[];
  readonly hide: ReadonlySet<string>;
  readonly start: number;
  readonly end: number;
}

/** Everything that `track` plays, in frames at `rate`. */
export function songOf(
  view: ScoreView,
  track: string,
  rate: number,
  audition: Audition | null,
): EventList {
  return eventsOf(timedNotes(view, track, audition), timedPoints(view, track), rate);
}

function* timedNotes(
  view: ScoreView,
  track: string,
  audition: Audition | null,
): Generator<TimedNote> {
  for (const note of view.notesOf(track).notes) {
    if (view.isMuted(note.id) || audition?.hide.has(note.id) === true) continue;
    yield timed(view, note);
  }
  for (const note of audition?.notes ?? []) {
    // An accepted candidate is already written: its notes carry the same ids.
    if (note.track === track && view.note(note.id) === undefined) yield timed(view, note);
  }
}

function timed(view: ScoreView, note: Note): TimedNote {
  const start = view.tempo.seconds(note.start);
  const end = view.tempo.seconds(note.start + note.duration);
  return [note.pitch, start, end - start, note.velocity];
}

function* timedPoints(view: ScoreView, track: string): Generator<TimedPoint> {
  for (const controller of view.lanesOf(track)) {
    const points = view.lane(track, controller);
    for (const [seconds, value] of laneSteps(points, (tick) => view.tempo.seconds(tick))) {
      yield [controller, seconds, value];
    }
  }
}
