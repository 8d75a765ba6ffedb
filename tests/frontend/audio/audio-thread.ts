/** The real worklet with the real engine, its clock driven by hand; the bank holds one preset. */
import { BasicSoundBank } from 'spessasynth_core';
import { vi } from 'vitest';

import type { FromSynth, ToSynth } from '../../../static/src/audio/messages';

export const RATE = 44_100;
const BLOCK = 128;

interface Worklet {
  readonly port: {
    onmessage: ((event: { data: ToSynth }) => void) | null;
    postMessage: (said: FromSynth) => void;
  };
  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean;
}

let Processor: (new () => Worklet) | null = null;

vi.stubGlobal('sampleRate', RATE);
vi.stubGlobal('currentFrame', 0);
vi.stubGlobal('AudioWorkletProcessor', class {
  port = { onmessage: null, postMessage: (): void => undefined };
});
vi.stubGlobal('registerProcessor', (_name: string, processor: new () => Worklet) => {
  Processor = processor;
});

/** Stands for `SynthNode`: what is sent arrives at once, what is said waits for `listen`. */
export class AudioThread {
  static current: AudioThread;
  readonly orders: ToSynth[] = [];
  readonly rate = RATE;
  readonly context = { close: () => Promise.resolve() };
  private readonly said: FromSynth[] = [];
  private frame = 0;

  private constructor(
    private readonly worklet: Worklet,
    readonly tell: (said: FromSynth) => void,
  ) {
    worklet.port.postMessage = (said) => { this.said.push(said); };
  }

  static async open(tell: (said: FromSynth) => void): Promise<AudioThread> {
    await import('../../../static/src/audio/synth.worklet');
    if (Processor === null) throw new Error('the worklet did not register');
    AudioThread.current = new AudioThread(new Processor(), tell);
    return AudioThread.current;
  }

  get heardFrame(): number {
    return this.frame;
  }

  resume(): Promise<void> {
    return Promise.resolve();
  }

  send(order: ToSynth): void {
    this.orders.push(order);
    this.worklet.port.onmessage?.({ data: structuredClone(order) });
  }

  /** Lets time pass; what the thread says is heard at the end of it. */
  run(frames: number): void {
    for (const end = this.frame + frames; this.frame < end; this.frame += BLOCK) {
      vi.stubGlobal('currentFrame', this.frame);
      this.worklet.process([], [[new Float32Array(BLOCK), new Float32Array(BLOCK)]]);
    }
    this.listen();
  }

  listen(): void {
    for (const said of this.said.splice(0)) this.tell(said);
  }
}

/** Stands for `SoundBank`: every instrument is the same saw; `refuses` those of a program. */
export class OneSound {
  static readonly asked: string[][] = [];
  static refuses: number | null = null;

  load(): Promise<void> {
    return Promise.resolve();
  }

  async presets(
    patches: readonly { readonly program: number; readonly drums: boolean }[],
  ): Promise<ArrayBuffer | null> {
    OneSound.asked.push(patches.map(({ program }) => String(program)));
    await Promise.resolve();
    if (patches.some(({ program }) => program === OneSound.refuses)) throw new Error('no such preset');
    return OneSound.asked.length === 1 ? BasicSoundBank.getSampleSoundBankFile() : null;
  }

  close(): void {
    return undefined;
  }
}
