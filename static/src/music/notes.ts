/** What a score is made of, as plain values. Times are ticks, 480 to the quarter note. */

export const TICKS_PER_QUARTER = 480;

export interface Note {
  readonly id: string;
  readonly track: string;
  readonly pitch: number;
  readonly start: number;
  readonly duration: number;
  readonly velocity: number;
}

export type TrackKind = 'pitched' | 'drums' | 'audio';

export interface Track {
  readonly id: string;
  readonly order: string;
  readonly name: string;
  readonly kind: TrackKind;
  readonly program: number;
  readonly color: number;
  readonly volume: number;
  readonly pan: number;
  readonly mute: boolean;
  readonly reverb: number;
  readonly chorus: number;
}

export interface TempoEvent {
  readonly tick: number;
  readonly microseconds: number;
  readonly ramp: boolean;
}

export interface MeterEvent {
  readonly tick: number;
  readonly numerator: number;
  readonly denominator: number;
}

export interface KeyEvent {
  readonly tick: number;
  readonly fifths: number;
  readonly mode: 'major' | 'minor';
}

export interface Marker {
  readonly id: string;
  readonly tick: number;
  readonly kind: 'marker' | 'section';
  readonly text: string;
}

export interface LanePoint {
  readonly tick: number;
  readonly value: number;
  readonly linear: boolean;
}
