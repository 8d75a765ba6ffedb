/** A candidate as the server sings it, piece by piece. */

import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { AudioFrame } from './audio-frame';
import type { SuggestionError } from './suggestion-state';

export type PreviewState = 'waiting' | 'streaming' | 'done' | 'failed' | 'stopped';

export type ChunkListener = (
  pcm: Float32Array<ArrayBuffer>,
  channels: number,
  sampleRate: number,
) => void;

export class PreviewStream {
  private readonly shown = signal<PreviewState>('waiting');
  private readonly shownError = signal<SuggestionError | null>(null);
  private readonly early: AudioFrame[] = [];
  private listener: ChunkListener | null = null;

  /** `end` tells the server that nobody listens any more. */
  constructor(private readonly end: () => void) {}

  get state(): ReadonlySignal<PreviewState> {
    return this.shown;
  }

  /** Why it failed, where the server said so. */
  get error(): ReadonlySignal<SuggestionError | null> {
    return this.shownError;
  }

  /** Hears every piece, those before this call too; one listener. */
  onChunk(listener: ChunkListener): void {
    this.listener = listener;
    for (const frame of this.early.splice(0)) this.give(frame);
  }

  stop(): void {
    if (!this.isOpen) return;
    this.shown.value = 'stopped';
    this.end();
  }

  /** A piece has come. */
  push(frame: AudioFrame): void {
    if (!this.isOpen) return;
    this.shown.value = 'streaming';
    if (frame.pcm.length > 0) this.give(frame);
    if (frame.last) this.finish();
  }

  finish(): void {
    if (this.isOpen) this.shown.value = 'done';
  }

  fail(error: SuggestionError | null): void {
    if (!this.isOpen) return;
    this.shownError.value = error;
    this.shown.value = 'failed';
  }

  private get isOpen(): boolean {
    const state = this.shown.peek();
    return state === 'waiting' || state === 'streaming';
  }

  private give(frame: AudioFrame): void {
    if (this.listener === null) this.early.push(frame);
    else this.listener(frame.pcm, frame.channels, frame.sampleRate);
  }
}
