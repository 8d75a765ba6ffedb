/** The audio context with our synthesiser in it. */

import workletUrl from './synth.worklet.ts?worker&url';
import type { FromSynth, ToSynth } from './messages';

export type SoundTrouble = 'insecure' | 'gesture' | 'bank' | 'engine';

/** Sound can't start; `code` says why, `message` holds the technical detail. */
export class SoundError extends Error {
  constructor(
    readonly code: SoundTrouble,
    detail: string,
  ) {
    super(detail);
  }
}

const RESUME_MS = 1500;

export class SynthNode {
  private constructor(
    readonly context: AudioContext,
    private readonly node: AudioWorkletNode,
  ) {}

  /** Raises SoundError: "insecure" without a secure context, "engine" when the worklet fails. */
  static async open(onMessage: (message: FromSynth) => void): Promise<SynthNode> {
    if (!globalThis.isSecureContext || !('AudioWorkletNode' in globalThis)) {
      throw new SoundError('insecure', 'AudioWorklet needs https or localhost');
    }
    const context = new AudioContext({ latencyHint: 'interactive' });
    try {
      await context.audioWorklet.addModule(workletUrl);
      const node = new AudioWorkletNode(context, 'antiphon-synth', {
        numberOfInputs: 0,
        outputChannelCount: [2],
      });
      node.port.onmessage = ({ data }: MessageEvent<FromSynth>) => { onMessage(data); };
      node.onprocessorerror = () => {
        onMessage({ t: 'trouble', text: 'the audio thread stopped', fatal: true });
      };
      node.connect(context.destination);
      return new SynthNode(context, node);
    } catch (error) {
      await context.close();
      throw new SoundError('engine', String(error));
    }
  }

  /** Raises SoundError "gesture" while the browser still waits for a click or key. */
  async resume(): Promise<void> {
    if (this.context.state === 'running') return;
    const waited = new Promise((resolve) => setTimeout(resolve, RESUME_MS));
    await Promise.race([this.context.resume(), waited]);
    if (this.context.state !== ('running' as AudioContextState)) {
      throw new SoundError('gesture', this.context.state);
    }
  }

  get rate(): number {
    return this.context.sampleRate;
  }

  /** The frame that is being heard now. */
  get heardFrame(): number {
    const latency = Number.isFinite(this.context.outputLatency) ? this.context.outputLatency : 0;
    return Math.round((this.context.currentTime - latency) * this.rate);
  }

  send(message: ToSynth, transfer: Transferable[] = []): void {
    this.node.port.postMessage(message, transfer);
  }
}
