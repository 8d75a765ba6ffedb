/** The audio thread: owns the song and the transport, so that a busy page drops no note. */

import { BLOCK, SynthEngine } from './engine';
import type { FromSynth, ToSynth } from './messages';

const REPORT_BLOCKS = 8;

class SynthWorklet extends AudioWorkletProcessor {
  private readonly engine = new SynthEngine(sampleRate);
  private sounded: number[] = [];
  private blocks = 0;
  private peak = 0;
  private run = 0;
  private starting = false;

  constructor() {
    super();
    this.engine.onSounded = (channel, pitch, velocity) => {
      this.sounded.push(channel, pitch, velocity);
    };
    this.engine.onEnded = () => { this.tell({ t: 'ended', run: this.run }); };
    this.port.onmessage = (event: MessageEvent<ToSynth>) => {
      try {
        this.obey(event.data);
      } catch (error) {
        this.tell({ t: 'trouble', text: String(error), fatal: false });
      }
    };
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const [left, right] = outputs[0] ?? [];
    if (left === undefined || right === undefined) return true;
    if (this.starting) {
      this.starting = false;
      this.tell({ t: 'started', contextFrame: currentFrame, songFrame: this.engine.songFrame });
    }
    this.peak = Math.max(this.peak, this.engine.render(left, right, Math.min(left.length, BLOCK)));
    this.blocks += 1;
    if (this.blocks % REPORT_BLOCKS === 0) this.report();
    return true;
  }

  private report(): void {
    if (this.sounded.length > 0) {
      const changes = Int32Array.from(this.sounded);
      this.sounded = [];
      this.port.postMessage({ t: 'sounded', changes } satisfies FromSynth, [changes.buffer]);
    }
    if (this.blocks % (REPORT_BLOCKS * 4) === 0) {
      this.tell({ t: 'levels', peak: this.peak, voices: this.engine.voices });
      this.peak = 0;
    }
  }

  private tell(message: FromSynth): void {
    this.port.postMessage(message);
  }

  private obey(order: ToSynth): void {
    const { engine } = this;
    switch (order.t) {
      case 'bank':
        engine.loadBank(order.id, order.data);
        break;
      case 'setup':
        engine.setChannels(order.channels);
        break;
      case 'events':
        engine.setEvents(order.channel, order.list);
        break;
      case 'play':
        this.run = order.run;
        engine.play(order.from, order.until);
        this.starting = true;
        break;
      case 'relocate':
        engine.relocate(order.frame);
        engine.until = order.until;
        this.starting = true;
        break;
      case 'loop':
        engine.loop = order.loop;
        this.starting = engine.playing;
        break;
      case 'until':
        engine.until = order.frame;
        break;
      case 'stop':
        engine.stop(order.hard);
        break;
      case 'live':
        engine.live(order.channel, order.message);
        break;
      case 'preview':
        engine.preview(order.channel, order.pitch, order.velocity, order.frames);
        break;
      case 'volume':
        engine.volume = order.value;
        break;
      case 'stream':
        engine.openStream(order.id, order.at);
        break;
      case 'pcm':
        engine.appendStream(order.id, order.data);
        break;
      case 'streamStop':
        engine.closeStream(order.id);
        break;
    }
  }
}

registerProcessor('antiphon-synth', SynthWorklet);
