/** The page's end of a stream of rendered sound that belongs to a place in the song. */

import { signal, type Signal } from '@preact/signals-core';

import { Resampler } from './resampler';
import type { SynthNode } from './synth-node';

export class Stream {
  /** Seconds of sound that have been handed to the audio thread. */
  readonly received: Signal<number> = signal(0);
  private readonly resampler: Resampler;

  constructor(
    private readonly id: number,
    private readonly node: SynthNode,
    private readonly sampleRate: number,
    startFrame: number,
  ) {
    this.resampler = new Resampler(sampleRate, node.rate);
    node.send({ t: 'stream', id, at: startFrame });
  }

  /** Appends mono samples in -1..1 at the stream's own rate. */
  push(pcm: Float32Array): void {
    this.received.value += pcm.length / this.sampleRate;
    this.forward(this.resampler.push(pcm));
  }

  /** All samples have been pushed; what was pushed stays playable. */
  end(): void {
    this.forward(this.resampler.end());
  }

  /** Takes the sound out of the song. */
  stop(): void {
    this.node.send({ t: 'streamStop', id: this.id });
  }

  private forward(data: Float32Array): void {
    if (data.length > 0) this.node.send({ t: 'pcm', id: this.id, data });
  }
}
