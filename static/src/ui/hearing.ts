/** Listening to one candidate in its context, plain or sung, before deciding. */
import { effect, signal, untracked, type Signal } from '@preact/signals-core';

import type { CandidateState, SuggestionState } from '../ai/suggestion-state';
import type { PreviewStream } from '../ai/preview-stream';
import type { SoundState } from '../audio/player';
import type { Stream } from '../audio/stream';
import type { Desk } from './desk';
import { spoken } from './problems';

/** `plain` is the track's own instrument; the others are rendered by the server. */
export type VoiceName = 'plain' | 'singer';

export interface Heard {
  readonly suggestion: string;
  readonly candidate: number;
  readonly voice: VoiceName;
  /** Waiting for the first sound of a rendered voice. */
  readonly waiting: boolean;
}

export class Hearing {
  readonly heard: Signal<Heard | null> = signal<Heard | null>(null);
  readonly voice: Signal<VoiceName> = signal<VoiceName>('plain');
  private preview: PreviewStream | null = null;
  private stream: Stream | null = null;
  private started = false;
  /** The candidate that sounds in the song now; a new object whenever it has changed. */
  private sounding: CandidateState | null = null;

  constructor(private readonly desk: Desk) {
    effect(() => { this.followPlayer(desk.player.playing.value); });
    effect(() => { this.followSound(desk.player.state.value); });
    effect(() => { this.followNotes(desk.suggestions.list.value); });
    effect(() => { this.followCurrent(desk.suggestions.current.value); });
  }

  /** Plays the candidate from the first bar of its region. */
  hear(suggestion: string, candidate: number): void {
    this.stop();
    const found = this.find(suggestion, candidate);
    if (found === null) return;
    const voice = this.voice.peek();
    this.heard.value = { suggestion, candidate, voice, waiting: voice !== 'plain' };
    this.desk.presence.set({ hear: { suggestion, candidate } });
    if (voice === 'plain') {
      this.putIntoContext(found.of, found.candidate);
      this.desk.player.play(found.of.region.start, found.of.region.end);
      return;
    }
    const wanted = this.heard.peek();
    void this.desk.player.start().then(() => {
      // Sound takes a moment to open the first time: it may have been stopped meanwhile.
      if (this.heard.peek() === wanted) this.sing(found.of, candidate, true);
    });
  }

  stop(): void {
    if (this.heard.peek() === null) return;
    this.letGo();
    this.desk.player.stop();
  }

  /** Changes the voice; what is being heard goes on in the other one. */
  speakWith(voice: VoiceName): void {
    this.voice.value = voice;
    const heard = this.heard.peek();
    if (heard === null || heard.voice === voice) return;
    this.turnTo(heard.suggestion, heard.candidate);
  }

  private letGo(): void {
    this.silenceVoice();
    this.started = false;
    this.heard.value = null;
    this.desk.player.audition(null);
    this.desk.presence.set({ hear: null });
  }

  /** The same position, another candidate or voice, without stopping. */
  private turnTo(suggestion: string, candidate: number): void {
    const found = this.find(suggestion, candidate);
    if (found === null) {
      this.stop();
      return;
    }
    this.silenceVoice();
    const voice = this.voice.peek();
    this.heard.value = { suggestion, candidate, voice, waiting: false };
    this.desk.presence.set({ hear: { suggestion, candidate } });
    if (voice === 'plain') this.putIntoContext(found.of, found.candidate);
    else this.sing(found.of, candidate, false);
  }

  private putIntoContext(of: SuggestionState, candidate: CandidateState | null): void {
    this.sounding = candidate;
    const { start, end } = of.region;
    const hide = new Set(of.replaces);
    this.desk.player.audition({ notes: candidate?.notes ?? [], hide, start, end });
  }

  /** Asks the server for the voice; its sound joins the song at the region's first bar. */
  private sing(of: SuggestionState, candidate: number, fromStart: boolean): void {
    const { player, suggestions } = this.desk;
    if (player.state.peek() !== 'ready') {
      this.letGo();
      return;
    }
    this.putIntoContext(of, null);
    const preview = suggestions.preview(of.id, candidate, 'singer', {}, null);
    this.preview = preview;
    let waiting = fromStart;
    preview.onChunk((pcm, _channels, sampleRate) => {
      if (this.preview !== preview) return;
      this.stream ??= player.openStream(sampleRate, of.region.start);
      this.stream.push(pcm);
      if (!waiting) return;
      waiting = false;
      const heard = this.heard.peek();
      if (heard !== null) this.heard.value = { ...heard, waiting: false };
      player.play(of.region.start, of.region.end);
    });
    const unwatch = effect(() => {
      const state = preview.state.value;
      untracked(() => { this.previewTurned(preview, state); });
      if (state !== 'waiting' && state !== 'streaming') queueMicrotask(() => { unwatch(); });
    });
  }

  private previewTurned(preview: PreviewStream, state: string): void {
    if (this.preview !== preview) return;
    if (state === 'done') this.stream?.end();
    if (state !== 'failed') return;
    const { code, text } = preview.error.peek() ?? { code: 'offline', text: '' };
    // What has been sung so far stays in the song; without any, nothing is heard.
    if (this.stream === null) this.letGo();
    this.desk.notices.say(spoken(code, text));
  }

  private silenceVoice(): void {
    this.preview?.stop();
    this.stream?.stop();
    this.preview = null;
    this.stream = null;
  }

  private followPlayer(playing: boolean): void {
    if (playing) this.started = this.heard.peek() !== null;
    else if (this.started) untracked(() => { this.letGo(); });
  }

  /** Without sound nothing is heard; the banner says why. */
  private followSound(state: SoundState): void {
    const silent = state === 'blocked' || state === 'failed';
    if (silent && this.heard.peek() !== null) untracked(() => { this.letGo(); });
  }

  /** Notes that arrive while one listens sound as well. */
  private followNotes(list: readonly SuggestionState[]): void {
    const heard = this.heard.peek();
    if (heard?.voice !== 'plain') return;
    const of = list.find((one) => one.id === heard.suggestion);
    const candidate = of?.candidates[heard.candidate];
    if (of === undefined || candidate === undefined || candidate.verdict !== null) {
      untracked(() => { this.stop(); });
    } else if (candidate !== this.sounding) {
      untracked(() => { this.putIntoContext(of, candidate); });
    }
  }

  private followCurrent(current: { suggestion: string; candidate: number } | null): void {
    const heard = this.heard.peek();
    if (heard === null || current?.suggestion !== heard.suggestion) return;
    if (current.candidate === heard.candidate) return;
    untracked(() => { this.turnTo(current.suggestion, current.candidate); });
  }

  private find(
    suggestion: string,
    candidate: number,
  ): { of: SuggestionState; candidate: CandidateState } | null {
    const of = this.desk.suggestions.list.peek().find((one) => one.id === suggestion);
    const found = of?.candidates.find((one) => one.index === candidate);
    return of === undefined || found === undefined ? null : { of, candidate: found };
  }
}
