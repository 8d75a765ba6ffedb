/** The read side of a score: what roll, sound and panels see of the live document. */

import type { MeterMap } from '../music/meter-map';
import type {
  KeyEvent,
  LanePoint,
  Marker,
  MeterEvent,
  Note,
  TempoEvent,
  Track,
} from '../music/notes';
import type { TempoMap } from '../music/tempo-map';

/** The track id under which notes are shown whose own track is gone; no real id has 9 letters. */
export const RECOVERED_TRACK = 'recovered';

/** The notes of one track. The array is changed in place: read it, never keep it. */
export interface TrackNotes {
  /** Ordered by start, then pitch, then id. */
  readonly notes: readonly Note[];
  /** The longest duration among them; 0 when there are none. */
  readonly longest: number;
  /** Index of the first note that starts at or after `tick`; `notes.length` when none does. */
  firstFrom(tick: number): number;
}

export interface NoteChange {
  readonly before: Note | null;
  readonly after: Note | null;
}

/** Who changed the score: this tab, its undo, somebody else, or the content arriving. */
export type ChangeOrigin = 'local' | 'undo' | 'remote' | 'load';

/** One step of the score. `notes` names every note whose value or mute changed. */
export interface ScoreChange {
  readonly notes: ReadonlyMap<string, NoteChange>;
  readonly tracks: boolean;
  readonly timeline: boolean;
  readonly lanes: boolean;
  readonly origin: ChangeOrigin;
}

export interface ScoreView {
  /** From top to bottom; ends with the track "Recovered" while there are notes without one. */
  readonly tracks: readonly Track[];
  track(id: string): Track | undefined;
  /** Always valid; empty for an unknown track. */
  notesOf(track: string): TrackNotes;
  note(id: string): Note | undefined;
  readonly noteCount: number;
  isMuted(noteId: string): boolean;
  /** `noteAttrs` by name: "lyric", "muted", "articulation", "from". */
  attribute(noteId: string, name: string): string | number | undefined;
  /** Rebuilt on change, so that holding on to one is holding on to the past. */
  readonly tempo: TempoMap;
  readonly meter: MeterMap;
  readonly tempoEvents: readonly TempoEvent[];
  readonly meterEvents: readonly MeterEvent[];
  readonly keyEvents: readonly KeyEvent[];
  readonly markers: readonly Marker[];
  lane(track: string, controller: string): readonly LanePoint[];
  lanesOf(track: string): readonly string[];
  /** The first tick at which nothing sounds any more; 0 for an empty score. */
  readonly end: number;
  onChange(listener: (change: ScoreChange) => void): () => void;
}
