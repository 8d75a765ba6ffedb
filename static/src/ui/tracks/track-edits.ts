/** What the tracks panel does to a track: each one gesture, or a personal setting. */
import type { Gesture } from '../../doc/gesture';
import {
  addTrack, deleteTrack, moveTrack as planMove, setTrackField,
} from '../../doc/gestures/tracks';
import { t } from '../../i18n/catalogue';
import type { Track } from '../../music/notes';
import type { Desk } from '../desk';
import { nameOfInstrument, type InstrumentChoice } from './instrument';

const HEARD_PITCH = 60;
const HEARD_DRUM = 38;
const HEARD_VELOCITY = 84;

export function createTrack(desk: Desk, kind: 'pitched' | 'drums'): void {
  const name = nameOfInstrument({ kind, program: 0 });
  const gesture = addTrack(desk.score.view, { name, kind, program: 0 });
  if (desk.apply(gesture)) desk.editing.track.value = gesture.track;
}

/** Deletes at once; the toast takes it back. */
export function removeTrack(desk: Desk, track: Track): void {
  const gesture = deleteTrack(desk.score.view, track.id);
  if (!desk.apply(gesture)) return;
  desk.sayUndoable(t('tracks.deleted', { name: track.name }));
}

export function renameTrack(desk: Desk, track: Track, name: string): void {
  if (name !== track.name) desk.apply(setTrackField(desk.score.view, track.id, 'name', name));
}

export function setMute(desk: Desk, track: Track, mute: boolean): void {
  desk.apply(setTrackField(desk.score.view, track.id, 'mute', mute));
}

export function setLevel(desk: Desk, track: Track, volume: number): void {
  desk.apply(setTrackField(desk.score.view, track.id, 'volume', volume));
}

export function setPan(desk: Desk, track: Track, pan: number): void {
  desk.apply(setTrackField(desk.score.view, track.id, 'pan', pan));
}

export function paint(desk: Desk, track: Track, color: number): void {
  desk.apply(setTrackField(desk.score.view, track.id, 'color', color));
}

/** One step of undo, also where a pitched track becomes a drum track; then lets it be heard. */
export function chooseInstrument(desk: Desk, track: Track, choice: InstrumentChoice): void {
  const { view } = desk.score;
  const program = setTrackField(view, track.id, 'program', choice.program);
  const gestures: Gesture[] = [program];
  if (choice.kind !== track.kind) {
    gestures.push(setTrackField(view, track.id, 'kind', choice.kind));
  }
  // A name that only says the instrument follows it.
  if (track.name === nameOfInstrument(track)) {
    gestures.push(setTrackField(view, track.id, 'name', choice.name));
  }
  const changes = gestures.flatMap((gesture) => gesture.changes);
  if (!desk.apply({ label: program.label, changes })) return;
  const pitch = choice.kind === 'drums' ? HEARD_DRUM : HEARD_PITCH;
  desk.player.preview(track.id, pitch, HEARD_VELOCITY);
}

/** Moves a track one place up (-1) or down (1). */
export function moveTrack(desk: Desk, track: Track, by: -1 | 1): void {
  const tracks = desk.score.tracks.peek();
  const at = tracks.findIndex(({ id }) => id === track.id);
  const place = by < 0 ? at - 1 : at + 2;
  if (at < 0 || place < 0 || place > tracks.length) return;
  desk.apply(planMove(desk.score.view, track.id, tracks[place]?.id ?? null));
}

export function toggleSolo({ editing }: Desk, track: string): void {
  editing.soloTracks.value = toggled(editing.soloTracks.peek(), track);
}

export function toggleHidden({ editing }: Desk, track: string): void {
  editing.hiddenTracks.value = toggled(editing.hiddenTracks.peek(), track);
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}
