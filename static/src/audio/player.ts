/** The player: keeps the audio thread's song equal to the score, and speaks in ticks. */

import { effect, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';

import type { ScoreChange, ScoreView } from '../doc/score-view';
import type { TempoMap } from '../music/tempo-map';
import { Channels, CLICK_CHANNEL, patchesOf } from './channels';
import { clicksOf } from './clicks';
import { CONTROL, message, NO_EVENTS, NOTE_OFF, NOTE_ON } from './events';
import type { FromSynth, LoopFrames } from './messages';
import { Playhead } from './playhead';
import { songOf, type Audition } from './song';
import { SoundBank } from './sound-bank';
import { soundingAfter, soundingOf, type SoundingKeys } from './sounding';
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
const ALL_NOTES_OFF = 123;

export class Player implements PlayerPort {
  readonly state: Signal<SoundState> = signal('off');
  /** Why there is no sound, while there is none. */
  readonly error: Signal<SoundTrouble | null> = signal(null);
  readonly playing: Signal<boolean> = signal(false);
  readonly loop: Signal<LoopRegion> = signal({ start: 0, end: 0, on: false });
  readonly metronome: Signal<boolean> = signal(false);
  readonly solo: Signal<ReadonlySet<string>> = signal(new Set<string>());
  readonly masterVolume: Signal<number> = signal(1);
  readonly sounding: Signal<SoundingKeys> = signal(new Map());
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
  /** The end that was asked for; absent = the song's own. */
  private limit: number | undefined;
  /** Counts what was asked of the transport: a wish to play may be overtaken while sound opens. */
  private wish = 0;
  private run = 0;
  private sentLoop: LoopFrames | null = null;
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
    this.wish += 1;
    const { wish } = this;
    void this.start().then(() => {
      if (wish === this.wish) this.begin(from ?? this.parked.value, until);
    });
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
    const frame = this.playhead.at(this.node.heardFrame, this.sentLoop);
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
    this.bank = new SoundBank();
    await this.bank.load(this.options.soundfontUrl);
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
    this.began = from;
    this.limit = until;
    this.run += 1;
    this.parked.value = from;
    this.starting = true;
    node.send({ t: 'play', run: this.run, from: this.frameOf(from), until: this.lastFrame(from) });
    this.playing.value = true;
  }

  /** The frame at which playing stops by itself, seen from tick `at`. */
  private lastFrame(at: number): number {
    if (this.limit !== undefined) return this.frameOf(this.limit);
    const { on, start, end: turn } = this.loop.peek();
    const { meter, end } = this.view;
    const last = meter.barStart(meter.barAt(end - 1) + 1);
    const loops = on && turn > start && at <= turn;
    return loops || this.began >= last ? Infinity : this.frameOf(last);
  }

  private frameOf(tick: number): number {
    return Math.round(this.tempo.seconds(tick) * (this.node?.rate ?? 1));
  }

  private park(tick: number): void {
    this.wish += 1;
    this.node?.send({ t: 'stop', hard: false });
    this.playing.value = false;
    this.parked.value = tick;
  }

  private live(track: string, packed: number): void {
    if (this.state.value !== 'ready') return;
    this.node?.send({ t: 'live', channel: this.channels.of(track), message: packed });
  }

  private follow(change: ScoreChange): void {
    for (const { before, after } of change.notes.values()) {
      if (before !== null) this.dirty.add(before.track);
      if (after !== null) this.dirty.add(after.track);
    }
    if (change.lanes || change.origin === 'load') {
      for (const track of this.view.tracks) this.dirty.add(track.id);
    }
    if (change.tracks || change.origin === 'load') void this.sendTracks();
    if (this.view.tempo !== this.tempo) this.retime();
    else if (change.timeline) this.sendClicks(this.metronome.value);
    this.gathering ??= setTimeout(() => {
      this.flush();
      this.sendEnd();
    }, GATHER_MS);
  }

  /** The tempo changed: the same music at other frames, going on at the same tick. */
  private retime(): void {
    const at = this.positionNow();
    this.tempo = this.view.tempo;
    if (this.playing.value) this.holdAt(at);
    for (const track of this.view.tracks) this.dirty.add(track.id);
    this.flush();
    this.sendClicks(this.metronome.value);
    this.putLoop();
    if (!this.playing.value) return;
    this.node?.send({ t: 'relocate', frame: this.frameOf(at), until: this.lastFrame(at) });
  }

  /** The audio thread will say anew where it is; until then the playhead stands here. */
  private holdAt(tick: number): void {
    this.parked.value = tick;
    this.starting = true;
  }

  private flush(): void {
    if (this.gathering !== null) clearTimeout(this.gathering);
    this.gathering = null;
    const node = this.node;
    if (node === null) return;
    for (const track of this.dirty) {
      if (!this.exists(track)) continue;
      const list = songOf(this.view, track, node.rate, this.auditioned);
      const channel = this.channels.of(track);
      node.send({ t: 'events', channel, list }, [list.frames.buffer, list.messages.buffer]);
    }
    this.dirty.clear();
  }

  private readonly exists = (track: string): boolean => this.view.track(track) !== undefined;

  private async sendTracks(): Promise<void> {
    const node = this.node;
    if (node === null) return;
    const gone = this.channels.release(new Set(this.view.tracks.map((track) => track.id)));
    for (const channel of gone) {
      node.send({ t: 'events', channel, list: NO_EVENTS });
      // A key that is held on it can't be let go by the name of its track any more.
      node.send({ t: 'live', channel, message: message(CONTROL, ALL_NOTES_OFF, 0) });
    }
    if (gone.length > 0) this.sounding.value = soundingOf(this.sounding.value, this.exists);
    try {
      await this.sendPresets(node);
    } catch {
      this.error.value = 'bank';
    }
    this.sendBalance(this.solo.value);
  }

  private async sendPresets(node: SynthNode): Promise<void> {
    const data = (await this.bank?.presets(patchesOf(this.view.tracks))) ?? null;
    if (data === null) return;
    this.banks += 1;
    node.send({ t: 'bank', id: `presets-${String(this.banks)}`, data }, [data]);
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

  /** Where the loop changes under the playhead, the way walked so far says nothing any more. */
  private sendLoop(): void {
    if (this.playing.peek()) this.holdAt(this.positionNow());
    this.putLoop();
    this.sendEnd();
  }

  private putLoop(): void {
    this.sentLoop = this.loopFrames();
    this.node?.send({ t: 'loop', loop: this.sentLoop });
  }

  private sendEnd(): void {
    if (!this.playing.peek() || this.limit !== undefined) return;
    this.node?.send({ t: 'until', frame: this.lastFrame(this.positionNow()) });
  }

  private loopFrames(): LoopFrames | null {
    const { start, end, on } = this.loop.peek();
    if (!on || end <= start || this.node === null) return null;
    return { start: this.frameOf(start), end: this.frameOf(end) };
  }

  private hear(said: FromSynth): void {
    switch (said.t) {
      case 'started':
        this.playhead.start(said.contextFrame, said.songFrame);
        this.starting = false;
        break;
      case 'ended':
        if (said.run !== this.run) break;
        this.playing.value = false;
        this.parked.value = this.began;
        break;
      case 'sounded':
        this.sounding.value = soundingAfter(this.sounding.value, said.changes, (channel) =>
          this.channels.trackOf(channel),
        );
        break;
      case 'levels':
        this.peak.value = said.peak;
        break;
      case 'trouble':
        this.error.value = 'engine';
        this.state.value = 'failed';
        if (said.fatal) this.bury();
    }
  }

  /** The audio thread is gone; the next start opens another one. */
  private bury(): void {
    void this.node?.context.close();
    this.node = null;
    this.opening = null;
    this.playing.value = false;
    this.sounding.value = new Map();
  }
}
