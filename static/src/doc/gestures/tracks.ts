/** Gestures on tracks as a whole. */

import { orderBetween } from '../../music/fractional-index';
import { newId, TRACK_ID } from '../../music/ids';
import type { Track } from '../../music/notes';
import type { Change, Gesture } from '../gesture';
import { RECOVERED_TRACK, type ScoreView } from '../score-view';
import { fieldValue, noteValue, TRACK_DEFAULTS, TRACK_FIELDS, type TrackField } from '../values';
import { forgetting } from './plan-notes';

/** Colours are dealt so that neighbours differ; mint comes last. */
const DEALT = [1, 2, 6, 11, 8, 10, 4, 5, 7, 9, 3, 12];

/** The next colour for a track: the one that the fewest tracks have. */
export function nextColor(tracks: readonly Track[]): number {
  const uses = new Map<number, number>();
  for (const { color } of tracks) uses.set(color, (uses.get(color) ?? 0) + 1);
  return DEALT.reduce((best, color) =>
    (uses.get(color) ?? 0) < (uses.get(best) ?? 0) ? color : best,
  );
}

/** Adds a track below the others; its id is in the result, so that it can be made current. */
export function addTrack(
  view: ScoreView,
  track: Partial<Omit<Track, 'id' | 'order'>> & { readonly name: string },
): Gesture & { readonly track: string } {
  const id = newId(TRACK_ID);
  const own = realTracks(view);
  const order = orderBetween(own.at(-1)?.order ?? null, null);
  const whole: Track = { ...TRACK_DEFAULTS, color: nextColor(own), ...track, id, order };
  return { label: 'gesture.trackAdd', changes: fieldsOf(whole), track: id };
}

/** Deletes a track with what it holds now. */
export function deleteTrack(view: ScoreView, track: string): Gesture {
  const changes: Change[] = view.notesOf(track).notes.flatMap(({ id }) => forgetting(view, id));
  for (const controller of view.lanesOf(track)) {
    for (const { tick } of view.lane(track, controller)) {
      changes.push({ root: 'lanes', key: `${track}:${controller}:${tick}`, value: null });
    }
  }
  for (const field of TRACK_FIELDS) {
    changes.push({ root: 'tracks', key: `${track}:${field}`, value: null });
  }
  return { label: 'gesture.trackDelete', changes };
}

/** Changes one field. A field of "Recovered" first makes a real track of it. */
export function setTrackField<Field extends Exclude<TrackField, 'order'>>(
  view: ScoreView,
  track: string,
  field: Field,
  value: Track[Field],
): Gesture {
  const changes = track === RECOVERED_TRACK ? adoption(view, field, value) : null;
  return {
    label: `gesture.track.${field}`,
    changes: changes ?? [
      { root: 'tracks', key: `${track}:${field}`, value: fieldValue(value) },
    ],
  };
}

/** Moves a track to stand before `before`; null puts it last. */
export function moveTrack(view: ScoreView, track: string, before: string | null): Gesture {
  const others = realTracks(view).filter(({ id }) => id !== track);
  const found = others.findIndex(({ id }) => id === before);
  const place = found < 0 ? others.length : found;
  const order = orderBetween(others[place - 1]?.order ?? null, others[place]?.order ?? null);
  return {
    label: 'gesture.trackMove',
    changes: [{ root: 'tracks', key: `${track}:order`, value: order }],
  };
}

function realTracks(view: ScoreView): Track[] {
  return view.tracks.filter(({ id }) => id !== RECOVERED_TRACK);
}

function fieldsOf(track: Track): Change[] {
  return TRACK_FIELDS.map((field) => ({
    root: 'tracks',
    key: `${track.id}:${field}`,
    value: fieldValue(track[field]),
  }));
}

/** "Recovered" as a track of its own, with one field as wished. */
function adoption<Field extends TrackField>(
  view: ScoreView,
  field: Field,
  value: Track[Field],
): Change[] | null {
  const shown = view.track(RECOVERED_TRACK);
  if (shown === undefined) return null;
  const id = newId(TRACK_ID);
  const order = orderBetween(realTracks(view).at(-1)?.order ?? null, null);
  const changes = fieldsOf({ ...shown, order, [field]: value, id });
  for (const note of view.notesOf(RECOVERED_TRACK).notes) {
    changes.push({ root: 'notes', key: note.id, value: noteValue({ ...note, track: id }) });
  }
  return changes;
}
