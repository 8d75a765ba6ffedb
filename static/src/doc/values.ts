/** Values of the live document to plain music and back. A value that makes no sense is absent. */

import type {
  KeyEvent,
  LanePoint,
  Marker,
  MeterEvent,
  Note,
  TempoEvent,
  Track,
  TrackKind,
} from '../music/notes';
import { isFlat, type Scalar, type Value } from './gesture';

export type NoteValue = readonly [
  track: string,
  pitch: number,
  start: number,
  duration: number,
  velocity: number,
];

/** What a track holds where a field is missing. */
export const TRACK_DEFAULTS: Omit<Track, 'id' | 'order'> = {
  name: '',
  kind: 'pitched',
  program: 0,
  color: 1,
  volume: 100,
  pan: 64,
  mute: false,
  reverb: 40,
  chorus: 0,
};

export const TRACK_FIELDS = [
  'order',
  'name',
  'kind',
  'program',
  'color',
  'volume',
  'pan',
  'mute',
  'reverb',
  'chorus',
] as const satisfies readonly (keyof Track)[];

export type TrackField = (typeof TRACK_FIELDS)[number];

export function noteValue(note: Omit<Note, 'id'>): NoteValue {
  return [note.track, note.pitch, note.start, note.duration, note.velocity];
}

export function readNote(id: string, value: unknown): Note | null {
  if (!Array.isArray(value) || value.length !== 5) return null;
  const [track, pitch, start, duration, velocity] = value as unknown[];
  const sound =
    typeof track === 'string' &&
    isWithin(pitch, 0, 127) &&
    isWithin(start, 0, Number.MAX_SAFE_INTEGER) &&
    isWithin(duration, 1, Number.MAX_SAFE_INTEGER) &&
    isWithin(velocity, 1, 127);
  return sound ? { id, track, pitch, start, duration, velocity } : null;
}

/** The track `id`, read field by field; null unless it has an order. */
export function readTrack(id: string, field: (name: TrackField) => unknown): Track | null {
  const order = field('order');
  if (typeof order !== 'string') return null;
  const name = field('name');
  const kind = field('kind');
  const level = (slot: 'volume' | 'pan' | 'reverb' | 'chorus' | 'program'): number =>
    within(field(slot), 0, 127, TRACK_DEFAULTS[slot]);
  return {
    id,
    order,
    name: typeof name === 'string' ? name : TRACK_DEFAULTS.name,
    kind: isKind(kind) ? kind : TRACK_DEFAULTS.kind,
    program: level('program'),
    color: within(field('color'), 1, 12, TRACK_DEFAULTS.color),
    volume: level('volume'),
    pan: level('pan'),
    mute: field('mute') === 1,
    reverb: level('reverb'),
    chorus: level('chorus'),
  };
}

/** How a field of a track is stored: booleans as 0 and 1. */
export function fieldValue(value: string | number | boolean): Scalar {
  return typeof value === 'boolean' ? Number(value) : value;
}

export function readTempo(key: string, value: Value): TempoEvent | null {
  const tick = readTick(key);
  if (tick === null || !isFlat(value)) return null;
  const [microseconds, ramp] = value;
  if (!isWithin(microseconds, 60_000, 12_000_000)) return null;
  return { tick, microseconds, ramp: ramp === 1 };
}

export function readMeter(key: string, value: Value): MeterEvent | null {
  const tick = readTick(key);
  if (tick === null || !isFlat(value)) return null;
  const [numerator, denominator] = value;
  if (!isWithin(numerator, 1, 64) || !isWithin(denominator, 1, 64)) return null;
  return Number.isInteger(Math.log2(denominator)) ? { tick, numerator, denominator } : null;
}

export function readKey(key: string, value: Value): KeyEvent | null {
  const tick = readTick(key);
  if (tick === null || !isFlat(value)) return null;
  const [fifths, mode] = value;
  if (!isWithin(fifths, -7, 7) || (mode !== 'major' && mode !== 'minor')) return null;
  return { tick, fifths, mode };
}

export function readMarker(id: string, value: Value): Marker | null {
  if (!isFlat(value)) return null;
  const [tick, kind, text] = value;
  if (!isWithin(tick, 0, Number.MAX_SAFE_INTEGER) || typeof text !== 'string') return null;
  return kind === 'marker' || kind === 'section' ? { id, tick, kind, text } : null;
}

/** Parts of a key of `lanes`: track, controller and point. */
export interface LaneEntry {
  readonly track: string;
  readonly controller: string;
  readonly point: LanePoint;
}

export function readLanePoint(key: string, value: Value): LaneEntry | null {
  const [track, controller, place] = key.split(':');
  const tick = readTick(place ?? '');
  if (track === undefined || controller === undefined || tick === null) return null;
  if (!isFlat(value)) return null;
  const [level, shape] = value;
  if (typeof level !== 'number') return null;
  return { track, controller, point: { tick, value: level, linear: shape === 1 } };
}

function readTick(key: string): number | null {
  return /^(0|[1-9]\d{0,14})$/.test(key) ? Number(key) : null;
}

function isKind(value: unknown): value is TrackKind {
  return value === 'pitched' || value === 'drums' || value === 'audio';
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

function within(value: unknown, least: number, most: number, fallback: number): number {
  return isWithin(value, least, most) ? value : fallback;
}
