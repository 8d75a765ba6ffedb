/** What the page and the audio thread say to each other. Types only: neither side's code. */

import type { EventList } from './events';

/** How a channel sounds; `gain` carries solo, mute and ducking, apart from the written volume. */
export interface ChannelSetup {
  readonly channel: number;
  readonly drums: boolean;
  readonly program: number;
  readonly volume: number;
  readonly pan: number;
  readonly reverb: number;
  readonly chorus: number;
  readonly gain: number;
}

export interface LoopFrames {
  readonly start: number;
  readonly end: number;
}

export type ToSynth =
  | { readonly t: 'bank'; readonly id: string; readonly data: ArrayBuffer }
  | { readonly t: 'setup'; readonly channels: readonly ChannelSetup[] }
  | { readonly t: 'events'; readonly channel: number; readonly list: EventList }
  /** `run` comes back with "ended", so that an old end is not taken for that of a new run. */
  | { readonly t: 'play'; readonly run: number; readonly from: number; readonly until: number }
  | { readonly t: 'relocate'; readonly frame: number; readonly until: number }
  | { readonly t: 'until'; readonly frame: number }
  | { readonly t: 'loop'; readonly loop: LoopFrames | null }
  | { readonly t: 'stop'; readonly hard: boolean }
  | { readonly t: 'live'; readonly channel: number; readonly message: number }
  | {
      readonly t: 'preview';
      readonly channel: number;
      readonly pitch: number;
      readonly velocity: number;
      readonly frames: number;
    }
  | { readonly t: 'volume'; readonly value: number }
  | { readonly t: 'stream'; readonly id: number; readonly at: number }
  | { readonly t: 'pcm'; readonly id: number; readonly data: Float32Array }
  | { readonly t: 'streamStop'; readonly id: number };

export type FromSynth =
  | { readonly t: 'started'; readonly contextFrame: number; readonly songFrame: number }
  | { readonly t: 'ended'; readonly run: number }
  /** Triples channel, pitch, velocity (0 = released), in the order in which they happened. */
  | { readonly t: 'sounded'; readonly changes: Int32Array }
  | { readonly t: 'levels'; readonly peak: number; readonly voices: number }
  /** `fatal`: the audio thread has ended. */
  | { readonly t: 'trouble'; readonly text: string; readonly fatal: boolean };

export type ToBank =
  | { readonly t: 'load'; readonly data: ArrayBuffer }
  | { readonly t: 'subset'; readonly patches: readonly Patch[] };

export type FromBank =
  | { readonly t: 'loaded' }
  | { readonly t: 'subset'; readonly data: ArrayBuffer; readonly patches: readonly Patch[] }
  | { readonly t: 'failed'; readonly text: string };

export interface Patch {
  readonly program: number;
  readonly drums: boolean;
}
