/** The previews that are under way on one socket. */

import type { AudioFrame } from './audio-frame';
import { PreviewStream } from './preview-stream';
import type { SuggestionError } from './suggestion-state';
import type { Ref } from './suggestion-wire';

type Send = (message: Readonly<Record<string, unknown>>) => boolean;

export class Previews {
  /** Asked for, not yet answered. */
  private readonly asked = new Map<Ref, PreviewStream>();
  private readonly streams = new Map<number, PreviewStream>();

  constructor(private readonly send: Send) {}

  /** Asks for a preview; it fails at once where there is no connection. */
  ask(ref: Ref, request: Readonly<Record<string, unknown>>): PreviewStream {
    const preview = new PreviewStream(() => { this.silence(preview); });
    this.asked.set(ref, preview);
    if (!this.send({ t: 'preview', ref, ...request })) {
      this.asked.delete(ref);
      preview.fail(null);
    }
    return preview;
  }

  /** The server begins to stream what was asked for as `ref`. */
  begin(ref: Ref | null, stream: number): void {
    const preview = ref === null ? undefined : this.asked.get(ref);
    if (ref !== null) this.asked.delete(ref);
    if (preview === undefined || preview.state.peek() === 'stopped') {
      this.send({ t: 'stop', stream });
      return;
    }
    this.streams.set(stream, preview);
  }

  /** A piece of sound; the receipt lets the server send the next one. */
  take(frame: AudioFrame): void {
    const { stream, sequence } = frame;
    this.send({ t: 'received', stream, sequence });
    this.streams.get(stream)?.push(frame);
    if (frame.last) this.streams.delete(stream);
  }

  finish(stream: number): void {
    this.streams.get(stream)?.finish();
    this.streams.delete(stream);
  }

  /** Whether the error was about a preview. */
  fail(ref: Ref | null, stream: number | null, error: SuggestionError): boolean {
    const asked = ref === null ? undefined : this.asked.get(ref);
    const running = stream === null ? undefined : this.streams.get(stream);
    if (ref !== null) this.asked.delete(ref);
    if (stream !== null) this.streams.delete(stream);
    asked?.fail(error);
    running?.fail(error);
    return asked !== undefined || running !== undefined;
  }

  /** The connection is lost, and with it every stream. */
  lose(): void {
    for (const preview of [...this.asked.values(), ...this.streams.values()]) preview.fail(null);
    this.asked.clear();
    this.streams.clear();
  }

  private silence(preview: PreviewStream): void {
    for (const [stream, one] of this.streams) {
      if (one !== preview) continue;
      this.send({ t: 'stop', stream });
      this.streams.delete(stream);
    }
  }
}
