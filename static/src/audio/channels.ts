/** Which synth channel plays which track, and how loud it is allowed to be. */

import type { Track } from '../music/notes';
import type { ChannelSetup, Patch } from './messages';

export const CLICK_CHANNEL = 0;
const DUCK = 10 ** (-3 / 20);

export interface Balance {
  readonly solo: ReadonlySet<string>;
  /** Tracks that keep their level while the others step back 3 dB; null = nobody steps back. */
  readonly front: ReadonlySet<string> | null;
}

export class Channels {
  private readonly byTrack = new Map<string, number>();
  private readonly byChannel = new Map<number, string>();
  private free: number[] = [];
  private next = CLICK_CHANNEL + 1;

  /** The channel of a track, given to it at its first mention. */
  of(track: string): number {
    let channel = this.byTrack.get(track);
    if (channel === undefined) {
      channel = this.free.pop() ?? this.next++;
      this.byTrack.set(track, channel);
      this.byChannel.set(channel, track);
    }
    return channel;
  }

  trackOf(channel: number): string | undefined {
    return this.byChannel.get(channel);
  }

  /** Gives back the channels of tracks that are gone and names them, so that they fall silent. */
  release(alive: ReadonlySet<string>): number[] {
    const released: number[] = [];
    for (const [track, channel] of this.byTrack) {
      if (alive.has(track)) continue;
      this.byTrack.delete(track);
      this.byChannel.delete(channel);
      this.free.push(channel);
      released.push(channel);
    }
    return released;
  }

  setups(tracks: readonly Track[], balance: Balance): ChannelSetup[] {
    const click: ChannelSetup = {
      channel: CLICK_CHANNEL,
      drums: true,
      program: 0,
      volume: 110,
      pan: 64,
      reverb: 0,
      chorus: 0,
      gain: 1,
    };
    return [click, ...tracks.map((track) => this.setup(track, balance))];
  }

  private setup(track: Track, { solo, front }: Balance): ChannelSetup {
    const silent = track.mute || (solo.size > 0 && !solo.has(track.id));
    const back = front !== null && !front.has(track.id);
    return {
      channel: this.of(track.id),
      drums: track.kind === 'drums',
      program: track.program,
      volume: track.volume,
      pan: track.pan,
      reverb: track.reverb,
      chorus: track.chorus,
      gain: silent ? 0 : back ? DUCK : 1,
    };
  }
}

/** The instruments that tracks and metronome need. */
export function patchesOf(tracks: readonly Track[]): Patch[] {
  return [
    { program: 0, drums: true },
    ...tracks.map(({ program, kind }) => ({ program, drums: kind === 'drums' })),
  ];
}
