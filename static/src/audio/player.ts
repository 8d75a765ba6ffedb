/** The player: keeps the audio thread's song equal to the score, and speaks in ticks. */

import { effect, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';

import type { ScoreChange, ScoreView } from '../doc/score-view';
import type { TempoMap } from '../music/tempo-map';
import { Channels, CLICK_CHANNEL, patchesOf } from './channels';
import { clicksOf } from './clicks';
import { message, NO_EVENTS, NOTE_OFF, NOTE_ON } from './events';
import type { FromSynth, LoopFrames } from './messages';
import { Playhead } from './playhead';
import { songOf, type Audition } from './song';
import { SoundBank } from './sound-bank';
import { Stream } from './stream';
import { SoundError, SynthNode, type SoundTrouble } from './synth-node';

/** What the roll needs of the player. */
export interface PlayerPort {
  noteOn(track: string, pitch: number, velocity: number): void;
  noteOff(track: string, pitch: number): void;
  preview(track: string, pitch: number, velocity: number, ms?: number): void;
  seek(tick: number): void;
  readonly playing: ReadonlySignal<boolean>;
  readonly sounding: ReadonlySignal<ReadonlyMap<string, ReadonlySet<number>>>;
  positionNow(): number;
}

export interface LoopRegion {
  readonly start: number;
  readonly end: number;
  readonly on: boolean;
}

export type SoundState = 'off' | 'loading' | 'ready' | 'blocked' | 'failed';

const PREVIEW_MS = 260;
const GATHER_MS = 12;

export class Player implements PlayerPort {
  readonly state: Signal<SoundState> = signal('off');
  /** Why there is no sound, while there is none. */
  readonly error: Signal<SoundTrouble | null> = signal(null);
  readonly playing: Signal<boolean> = signal(false);
  readonly loop: Signal<LoopRegion> = signal({ start: 0, end: 0, on: false });
  readonly metronome: Signal<boolean> = signal(false);
  readonly solo: Signal<ReadonlySet<string>> = signal(new Set<string>());
  readonly masterVolume: Signal<number> = signal(1);
  readonly sounding: Signal<ReadonlyMap<string, ReadonlySet<number>>> = signal(new Map());
  /** Greatest sample of the last tenth of a second, 0-1. */
  readonly peak: Signal<number> = signal(0);
  /** Moves whenever the parked position does; while playing ask `positionNow`. */
  readonly parked: Signal<number> = signal(0);

  private node: SynthNode | null = null;
  private bank: SoundBank | null = null;
  private opening: Promise<void> | null = null;
  private readonly channels = new Channels();
  private readonly playhead = new Playhead();
  private readonly dirty = new Set<string>();
  private gathering: ReturnType<typeof setTimeout> | null = null;
  private tempo: TempoMap;
  private auditioned: Audition | null = null;
  private began = 0;
  private starting = false;
  private streams = 0;
  private banks = 0;
  private readonly cleanups: (() => void)[] = [];

  constructor(
    private readonly view: ScoreView,
    private readonly options: { readonly soundfontUrl: string },
  ) {
    this.tempo = view.tempo;
    this.cleanups.push(
      view.onChange((change) => { this.follow(change); }),
      this.loop.subscribe(() => { this.sendLoop(); }),
      effect(() => { this.sendClicks(this.metronome.value); }),
      effect(() => { this.sendBalance(this.solo.value); }),
      effect(() => { this.node?.send({ t: 'volume', value: this.masterVolume.value }); }),
    );
  }

  /** Opens the sound; call it from a click or key. Never rejects: see `state` and `error`. */
  async start(): Promise<void> {
    try {
      this.opening ??= this.open();
      await this.opening;
      await this.node?.resume();
      this.state.value = 'ready';
      this.error.value = null;
    } catch (error) {
      const code = error instanceof SoundError ? error.code : 'bank';
      this.error.value = code;
      this.state.value = code === 'insecure' || code === 'gesture' ? 'blocked' : 'failed';
      if (code !== 'gesture') this.opening = null;
    }
  }

  /** Plays from a tick, by default from the parked position; up to `until`, else to the end. */
  play(from?: number, until?: number): void {
    void this.start().then(() => { this.begin(from ?? this.parked.value, until); });
  }

  pause(): void {
    this.park(Math.round(this.positionNow()));
  }

  /** Stops and goes back to where playing began. */
  stop(): void {
    this.park(this.playing.value ? this.began : this.parked.value);
  }

  seek(tick: number): void {
    const target = Math.max(0, tick);
    if (this.playing.value) this.begin(target);
    else this.parked.value = target;
  }

  positionNow(): number {
    if (!this.playing.value || this.node === null || this.starting) return this.parked.value;
    const frame = this.playhead.at(this.node.heardFrame, this.loopFrames());
    return this.tempo.tick(frame / this.node.rate);
  }

  noteOn(track: string, pitch: number, velocity: number): void {
    void this.start().then(() => {
      this.live(track, message(NOTE_ON, pitch, velocity));
    });
  }

  noteOff(track: string, pitch: number): void {
    void this.start().then(() => {
      this.live(track, message(NOTE_OFF, pitch, 0));
    });
  }

  preview(track: string, pitch: number, velocity: number, ms: number = PREVIEW_MS): void {
    void this.start().then(() => {
      const node = this.node;
      if (node === null || this.state.value !== 'ready') return;
      const frames = Math.round((ms / 1000) * node.rate);
      node.send({ t: 'preview', channel: this.channels.of(track), pitch, velocity, frames });
    });
  }

  /** Puts a candidate into its context: it sounds, what it replaces does not, others step back. */
  audition(audition: Audition | null): void {
    const before = this.auditioned;
    this.auditioned = audition;
    for (const one of [before, audition]) {
      for (const note of one?.notes ?? []) this.dirty.add(note.track);
      for (const id of one?.hide ?? []) this.dirty.add(this.view.note(id)?.track ?? '');
    }
    this.sendBalance(this.solo.value);
    this.flush();
  }

  /** A place in the song for rendered sound that is still arriving; heard whenever it is played. */
  openStream(sampleRate: number, startTick: number): Stream {
    const node = this.node;
    if (node === null) throw new SoundError('gesture', 'sound has not been started');
    this.streams += 1;
    const at = Math.round(this.tempo.seconds(startTick) * node.rate);
    return new Stream(this.streams, node, sampleRate, at);
  }

  close(): void {
    for (const cleanup of this.cleanups) cleanup();
    if (this.gathering !== null) clearTimeout(this.gathering);
    this.bank?.close();
    void this.node?.context.close();
  }

  private async open(): Promise<void> {
    this.state.value = 'loading';
    this.node ??= await SynthNode.open((said) => { this.hear(said); });
    this.bank?.close();
    const bank = new SoundBank();
    await bank.load(this.options.soundfontUrl);
    this.bank = bank;
    await this.sendTracks();
    for (const track of this.view.tracks) this.dirty.add(track.id);
    this.flush();
    this.sendClicks(this.metronome.value);
    this.sendLoop();
    this.node.send({ t: 'volume', value: this.masterVolume.value });
  }

  private begin(from: number, until?: number): void {
    const node = this.node;
    if (node === null || this.state.value !== 'ready') return;
    this.flush();
    const toFrame = (tick: number): number => Math.round(this.tempo.seconds(tick) * node.rate);
    const end = this.view.meter.barStart(this.view.meter.barAt(this.view.end - 1) + 1);
    const stop = until ?? (this.loop.value.on || from >= end ? Infinity : end);
    this.began = from;
    this.parked.value = from;
    this.starting = true;
    node.send({ t: 'play', from: toFrame(from), until: stop === Infinity ? Infinity : toFrame(stop) });
    this.playing.value = true;
  }

  private park(tick: number): void {
    this.node?.send({ t: 'stop', hard: false });
    this.playing.value = false;
    this.parked.value = tick;
  }

  private live(track: string, packed: number): void {
    if (this.state.value !== 'ready') return;
    this.node?.send({ t: 'live', channel: this.channels.of(track), message: packed });
  }

  private follow(change: ScoreChange): void {
    if (change.timeline) {
      this.retime();
      return;
    }
    for (const { before, after } of change.notes.values()) {
      if (before !== null) this.dirty.add(before.track);
      if (after !== null) this.dirty.add(after.track);
    }
    if (change.lanes || change.origin === 'load') {
      for (const track of this.view.tracks) this.dirty.add(track.id);
    }
    if (change.tracks || change.origin === 'load') void this.sendTracks();
    this.gathering ??= setTimeout(() => { this.flush(); }, GATHER_MS);
  }

  /** The tempo or meter changed: the same music at other frames, going on at the same tick. */
  private retime(): void {
    const at = this.positionNow();
    this.tempo = this.view.tempo;
    for (const track of this.view.tracks) this.dirty.add(track.id);
    this.flush();
    this.sendClicks(this.metronome.value);
    this.sendLoop();
    if (!this.playing.value || this.node === null) return;
    this.parked.value = at;
    this.starting = true;
    this.node.send({ t: 'relocate', frame: Math.round(this.tempo.seconds(at) * this.node.rate) });
  }

  private flush(): void {
    if (this.gathering !== null) clearTimeout(this.gathering);
    this.gathering = null;
    const node = this.node;
    if (node === null) return;
    for (const track of this.dirty) {
      if (this.view.track(track) === undefined) continue;
      const list = songOf(this.view, track, node.rate, this.auditioned);
      const channel = this.channels.of(track);
      node.send({ t: 'events', channel, list }, [list.frames.buffer, list.messages.buffer]);
    }
    this.dirty.clear();
  }

  private async sendTracks(): Promise<void> {
    const node = this.node;
    if (node === null) return;
    const gone = this.channels.release(new Set(this.view.tracks.map((track) => track.id)));
    for (const channel of gone) node.send({ t: 'events', channel, list: NO_EVENTS });
    const data = (await this.bank?.presets(patchesOf(this.view.tracks))) ?? null;
    if (data !== null) {
      this.banks += 1;
      node.send({ t: 'bank', id: `presets-${String(this.banks)}`, data }, [data]);
    }
    this.sendBalance(this.solo.value);
  }

  private sendBalance(solo: ReadonlySet<string>): void {
    const audition = this.auditioned;
    const front = audition === null ? null : new Set(audition.notes.map((note) => note.track));
    const channels = this.channels.setups(this.view.tracks, { solo, front });
    this.node?.send({ t: 'setup', channels });
  }

  private sendClicks(on: boolean): void {
    const node = this.node;
    if (node === null) return;
    const list = on ? clicksOf(this.view, node.rate) : { ...NO_EVENTS };
    node.send({ t: 'events', channel: CLICK_CHANNEL, list });
  }

  private sendLoop(): void {
    this.node?.send({ t: 'loop', loop: this.loopFrames() });
  }

  private loopFrames(): LoopFrames | null {
    const { start, end, on } = this.loop.peek();
    if (!on || end <= start || this.node === null) return null;
    const toFrame = (tick: number): number =>
      Math.round(this.tempo.seconds(tick) * (this.node?.rate ?? 1));
    return { start: toFrame(start), end: toFrame(end) };
  }

  private hear(said: FromSynth): void {
    switch (said.t) {
      case 'started':
        this.playhead.start(said.contextFrame, said.songFrame);
        this.starting = false;
        break;
      case 'ended':
        this.playing.value = false;
        this.parked.value = this.began;
        break;
      case 'sounded':
        this.sounding.value = this.after(said.changes);
        break;
      case 'levels':
        this.peak.value = said.peak;
        break;
      case 'trouble':
        this.error.value = 'engine';
        this.state.value = 'failed';
    }
  }

  private after(changes: Int32Array): Map<string, Set<number>> {
    const keys = new Map([...this.sounding.value].map(([track, held]) => [track, new Set(held)]));
    for (let i = 0; i < changes.length; i += 3) {
      const track = this.channels.trackOf(changes[i] ?? 0);
      if (track === undefined) continue;
      const held = keys.get(track) ?? new Set<number>();
      keys.set(track, held);
      if ((changes[i + 2] ?? 0) > 0) held.add(changes[i + 1] ?? 0);
      else held.delete(changes[i + 1] ?? 0);
    }
    return keys;
  }
}
