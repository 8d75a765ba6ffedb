/**
 * The synthesiser with its song and transport, free of browser globals: the audio worklet and the
 * server's renderer run this same file, so both sound the same.
 *
 * Time is counted in whole frames. A block is split wherever something happens, and the piece that
 * follows a note-on is at most 16 frames long: the envelope ramps to the end of the current call,
 * so that longer first pieces would make the attack depend on where in the block it falls.
 */

import { SoundBankLoader, SpessaSynthProcessor, type MIDIController } from 'spessasynth_core';

import { ChannelSong } from './channel-song';
import {
  BEND,
  CONTROL,
  data1Of,
  data2Of,
  message,
  NOTE_OFF,
  NOTE_ON,
  statusOf,
  type EventList,
} from './events';
import { Limiter } from './limiter';
import type { ChannelSetup, LoopFrames } from './messages';
import { SongStream } from './song-stream';

export const BLOCK = 128;
const ATTACK_PIECE = 16;
const STREAM_FADE = 256;
const SUSTAIN = 64;
const MIDI_CHANNELS = 16;
/** A single GM note peaks near 0.1; this brings a small ensemble to a healthy level. */
const MASTER_GAIN = 1.8;

interface Release {
  readonly frame: number;
  readonly channel: number;
  readonly pitch: number;
}

export class SynthEngine {
  songFrame = 0;
  playing = false;
  loop: LoopFrames | null = null;
  volume = 1;
  /** Song frame at which playback stops by itself. */
  until = Infinity;
  /** Called whenever a key begins (velocity > 0) or ends (0) to sound. */
  onSounded: (channel: number, pitch: number, velocity: number) => void = () => undefined;
  /** Called when playback reached its end by itself. */
  onEnded: () => void = () => undefined;

  private readonly synth: SpessaSynthProcessor;
  private readonly songs: ChannelSong[] = [];
  private setups: readonly ChannelSetup[] = [];
  private readonly limiter: Limiter;
  private readonly streams = new Map<number, SongStream>();
  private releases: Release[] = [];
  private frame = 0;
  private fresh = false;
  private streamLevel = 0;

  constructor(rate: number) {
    this.synth = new SpessaSynthProcessor(rate, {
      eventsEnabled: false,
      effectsEnabled: true,
      maxBufferSize: BLOCK,
    });
    this.synth.onMissingPreset = () => undefined;
    this.limiter = new Limiter(rate);
  }

  get voices(): number {
    return this.synth.voiceCount;
  }

  /** Adds the presets of an SF2 file and sets channels up anew, since a bank resets them. */
  loadBank(id: string, data: ArrayBuffer): void {
    this.synth.soundBankManager.addSoundBank(SoundBankLoader.fromArrayBuffer(data), id);
    this.setUpAgain();
  }

  setChannels(setups: readonly ChannelSetup[]): void {
    const before = new Map(this.setups.map((setup) => [setup.channel, setup]));
    for (const setup of setups) {
      this.songOf(setup.channel);
      this.applySetup(setup, before.get(setup.channel));
    }
    this.setups = setups;
  }

  setEvents(channel: number, list: EventList): void {
    const song = this.songOf(channel);
    for (const pitch of song.replace(list, this.songFrame)) {
      this.send(channel, message(NOTE_OFF, pitch, 0), song);
    }
  }

  /** Starts at a song frame; stops by itself at `until`. */
  play(from: number, until: number): void {
    this.silence(false);
    this.songFrame = from;
    this.until = until;
    this.playing = true;
    this.resetEffectPhases();
    this.catchUpAll();
  }

  /** Goes on from another frame of the same, re-timed song: what sounds goes on sounding. */
  relocate(frame: number): void {
    this.songFrame = frame;
    this.songs.forEach((song, channel) => {
      for (const pitch of song.relocate(frame)) {
        this.send(channel, message(NOTE_OFF, pitch, 0), song);
      }
    });
  }

  /** Soft stop releases what sounds; hard stop cuts it, with a click. */
  stop(hard: boolean): void {
    this.playing = false;
    this.silence(hard);
  }

  /** A key of a person: no edit, seek or stop of the song ends it. */
  live(channel: number, packed: number): void {
    this.songOf(channel);
    this.send(channel, packed);
  }

  preview(channel: number, pitch: number, velocity: number, frames: number): void {
    this.live(channel, message(NOTE_ON, pitch, velocity));
    this.releases.push({ frame: this.frame + frames, channel, pitch });
  }

  openStream(id: number, start: number): void {
    this.streams.set(id, new SongStream(start));
  }

  appendStream(id: number, samples: Float32Array): void {
    this.streams.get(id)?.append(samples);
  }

  closeStream(id: number): void {
    this.streams.delete(id);
  }

  /** Fills `count` (at most 128) frames of both sides; answers the peak. */
  render(left: Float32Array, right: Float32Array, count: number): number {
    left.fill(0);
    right.fill(0);
    let done = 0;
    while (done < count) {
      if (this.playing) this.advanceSong();
      this.releaseDue();
      const piece = this.pieceLength(count - done);
      this.synth.process(left, right, done, piece);
      this.mixStreams(left, right, done, piece);
      done += piece;
      this.frame += piece;
      if (this.playing || this.streamLevel > 0) this.songFrame += piece;
    }
    const gain = MASTER_GAIN * this.volume;
    for (let i = 0; i < count; i += 1) {
      left[i] = (left[i] ?? 0) * gain;
      right[i] = (right[i] ?? 0) * gain;
    }
    return this.limiter.process(left, right, count);
  }

  private advanceSong(): void {
    if (this.loop !== null && this.songFrame === this.loop.end) {
      this.silence(false);
      this.songFrame = this.loop.start;
      this.catchUpAll();
    }
    if (this.songFrame >= this.until) {
      this.stop(false);
      this.onEnded();
      return;
    }
    this.songs.forEach((song, channel) => {
      while (song.next <= this.songFrame) {
        this.send(channel, song.list.messages[song.cursor] ?? 0, song);
        song.cursor += 1;
      }
    });
  }

  private pieceLength(room: number): number {
    let piece = this.fresh ? Math.min(room, ATTACK_PIECE) : room;
    this.fresh = false;
    for (const release of this.releases) piece = Math.min(piece, release.frame - this.frame);
    if (!this.playing) return piece;
    for (const song of this.songs) piece = Math.min(piece, song.next - this.songFrame);
    piece = Math.min(piece, this.until - this.songFrame);
    if (this.loop !== null && this.songFrame < this.loop.end) {
      piece = Math.min(piece, this.loop.end - this.songFrame);
    }
    return piece;
  }

  private releaseDue(): void {
    const due = this.releases.filter((release) => release.frame <= this.frame);
    if (due.length === 0) return;
    this.releases = this.releases.filter((release) => release.frame > this.frame);
    for (const { channel, pitch } of due) this.send(channel, message(NOTE_OFF, pitch, 0));
  }

  private mixStreams(left: Float32Array, right: Float32Array, at: number, count: number): void {
    const slope = (this.playing ? 1 : -1) / STREAM_FADE;
    for (const stream of this.streams.values()) {
      stream.mix(left, right, at, count, this.songFrame, this.streamLevel, slope);
    }
    this.streamLevel = Math.min(1, Math.max(0, this.streamLevel + slope * count));
  }

  private send(channel: number, packed: number, song?: ChannelSong): void {
    const data1 = data1Of(packed);
    const data2 = data2Of(packed);
    switch (statusOf(packed)) {
      case NOTE_ON:
        // Struck again: the earlier preview of this key must not cut it short.
        this.releases = this.releases.filter(
          (release) => release.channel !== channel || release.pitch !== data1,
        );
        this.synth.noteOn(channel, data1, data2);
        this.fresh = true;
        this.onSounded(channel, data1, data2);
        break;
      case NOTE_OFF:
        this.synth.noteOff(channel, data1);
        this.onSounded(channel, data1, 0);
        break;
      case CONTROL:
        this.synth.controllerChange(channel, data1 as MIDIController, data2);
        break;
      case BEND:
        this.synth.pitchWheel(channel, data1 | (data2 << 7));
        break;
      default:
        this.synth.channelPressure(channel, data1);
    }
    song?.note(packed);
  }

  private catchUpAll(): void {
    this.songs.forEach((song, channel) => { this.catchUp(song, channel, true); });
  }

  private catchUp(song: ChannelSong, channel: number, notes: boolean): void {
    const cursor = song.cursor;
    for (const packed of song.chase(this.songFrame)) {
      if (notes || statusOf(packed) !== NOTE_ON) this.send(channel, packed, song);
    }
    if (!notes) song.cursor = cursor;
  }

  private silence(hard: boolean): void {
    this.songs.forEach((song, channel) => {
      song.sounding.forEach((velocity, pitch) => {
        if (velocity > 0) this.send(channel, message(NOTE_OFF, pitch, 0), song);
      });
      this.synth.controllerChange(channel, SUSTAIN, 0);
    });
    if (hard) this.synth.stopAllChannels(true);
  }

  private songOf(channel: number): ChannelSong {
    while (this.songs.length <= channel) this.songs.push(new ChannelSong());
    this.growChannels();
    return this.songs[channel] ?? new ChannelSong();
  }

  /** New channels have neither gain nor controllers before a reset. */
  private growChannels(): void {
    const { midiChannels } = this.synth;
    if (midiChannels.length >= this.songs.length) return;
    while (midiChannels.length < this.songs.length) {
      for (let i = 0; i < MIDI_CHANNELS; i += 1) this.synth.createMIDIChannel();
    }
    this.synth.reset();
    this.setUpAgain();
  }

  /** After a reset: setups from nothing, and controllers as the song left them. */
  private setUpAgain(): void {
    const setups = this.setups;
    this.setups = [];
    this.setChannels(setups);
    if (!this.playing) return;
    this.songs.forEach((song, channel) => { this.catchUp(song, channel, false); });
  }

  private applySetup(setup: ChannelSetup, before: ChannelSetup | undefined): void {
    const { channel } = setup;
    if (before?.drums !== setup.drums) this.synth.midiChannels[channel]?.setDrums(setup.drums);
    if (before?.drums !== setup.drums || before.program !== setup.program) {
      this.synth.programChange(channel, setup.program);
    }
    const controllers = [
      [7, 'volume'],
      [10, 'pan'],
      [91, 'reverb'],
      [93, 'chorus'],
    ] as const;
    for (const [controller, field] of controllers) {
      if (before?.[field] !== setup[field]) {
        this.synth.controllerChange(channel, controller, setup[field]);
      }
    }
    if (before?.gain !== setup.gain) {
      this.synth.midiChannels[channel]?.setSystemParameter('gain', setup.gain);
    }
  }

  /** Effects swing from the engine's start; playback begins them anew, to repeat exactly. */
  private resetEffectPhases(): void {
    const chorus = this.synth.chorusProcessor as unknown as { phase?: number };
    const reverb = this.synth.reverbProcessor as unknown as { dattorro?: { excPhase?: number } };
    if (chorus.phase !== undefined) chorus.phase = 0;
    if (reverb.dattorro?.excPhase !== undefined) reverb.dattorro.excPhase = 0;
  }
}
