/** Asking, and what comes back: one room's suggestions, live. */

import { signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import { acceptCandidate } from '../doc/gestures/accept-candidate';
import type { ScoreDocument } from '../doc/score-document';
import type { Note } from '../music/notes';
import type { Link } from '../net/link';
import { readAudioFrame } from './audio-frame';
import type { PreviewStream } from './preview-stream';
import { Previews } from './previews';
import { SuggestionBook } from './suggestion-book';
import type {
  Controls,
  CurrentCandidate,
  Region,
  SuggestionError,
  SuggestionKind,
  SuggestionState,
  Verdict,
} from './suggestion-state';
import { readSuggestionMessage, type Ref, type SuggestionMessage } from './suggestion-wire';

export interface SuggestionRequest {
  readonly kind: SuggestionKind;
  readonly region: Region;
  readonly controls: Controls;
  /** Missing: the server draws one. */
  readonly seed?: number;
  /** 1 to 4. */
  readonly candidates: number;
}

export interface SuggestionsOptions {
  readonly link: Link;
}

/** Notes come faster than anybody can see: the list is published at most this often. */
const PUBLISH_MS = 16;

export class Suggestions {
  /** The candidate that ghosts, keys and audition are about. */
  readonly current: Signal<CurrentCandidate | null> = signal(null);

  private readonly shown = signal<readonly SuggestionState[]>([]);
  private readonly shownConnected = signal(false);
  private readonly shownProblem = signal<SuggestionError | null>(null);
  private readonly book = new SuggestionBook();
  private readonly link: Link;
  private readonly previews: Previews;
  private readonly mine = new Set<Ref>();
  /** Decisions made without a connection; they are told when it is back. */
  private untold: Readonly<Record<string, unknown>>[] = [];
  private refs = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor({ link }: SuggestionsOptions) {
    this.link = link;
    this.previews = new Previews((message) => this.send(message));
    link.start({
      opened: () => undefined,
      received: (data) => { this.received(data); },
      closed: () => {
        this.shownConnected.value = false;
        this.previews.lose();
      },
    });
  }

  /** Oldest first; settled ones stay for a while. */
  get list(): ReadonlySignal<readonly SuggestionState[]> {
    return this.shown;
  }

  get connected(): ReadonlySignal<boolean> {
    return this.shownConnected;
  }

  /** Why the last request was refused; null once another one is made. */
  get problem(): ReadonlySignal<SuggestionError | null> {
    return this.shownProblem;
  }

  /** Asks for candidates; what comes back appears in the list, a refusal in `problem`. */
  request({ kind, region, controls, seed, candidates }: SuggestionRequest): void {
    this.shownProblem.value = null;
    const ref = this.nextRef();
    this.mine.add(ref);
    const asked = { t: 'suggest', ref, kind, region, controls, seed: seed ?? null, candidates };
    if (this.send(asked)) return;
    this.mine.delete(ref);
    this.shownProblem.value = { code: 'offline', text: 'There is no connection to the server.' };
  }

  cancel(id: string): void {
    this.send({ t: 'cancel', id });
  }

  vote(id: string, candidate: number, value: number): void {
    this.send({ t: 'vote', id, candidate, value });
  }

  /** Tells the room; `candidate` null means the whole suggestion, `notes` null all of them. */
  decide(
    id: string,
    candidate: number | null,
    verdict: Verdict,
    notes: readonly string[] | null,
  ): void {
    const message = { t: 'decide', id, candidate, verdict, notes };
    if (!this.send(message)) this.untold.push(message);
  }

  /** Puts a candidate, or the whole suggestion, away for everybody. */
  dismiss(id: string, candidate: number | null = null): void {
    this.decide(id, candidate, 'dismissed', null);
  }

  /**
   * Writes a candidate, or the notes named, into the score as one gesture, and tells the room.
   * Notes that it replaces go too, in part only where the accepted notes are.
   */
  accept(
    document: ScoreDocument,
    id: string,
    candidate: number,
    noteIds?: readonly string[],
  ): void {
    const suggestion = this.book.get(id);
    const found = suggestion?.candidates.find(({ index }) => index === candidate);
    if (suggestion === undefined || found === undefined) return;
    const picked = noteIds === undefined ? null : new Set(noteIds);
    const notes = found.notes.filter((note) => picked?.has(note.id) ?? true);
    if (notes.length === 0) return;
    const whole = suggestion.replaced;
    const replaces = picked === null ? whole : whole.filter((old) => isAmong(old, notes));
    const writes = document.readOnlyIntercept === null;
    document.apply(acceptCandidate(document, id, notes, replaces));
    if (!writes) return;
    this.decide(id, candidate, 'accepted', picked === null ? null : notes.map((note) => note.id));
  }

  /** Asks a voice to sing a candidate; `tempo` in bpm, null for the score's own. */
  preview(
    id: string,
    candidate: number,
    voice: string,
    settings: Readonly<Record<string, unknown>>,
    tempo: number | null,
  ): PreviewStream {
    return this.previews.ask(this.nextRef(), { id, candidate, voice, settings, tempo });
  }

  /** Out of my sight only; nothing is told to anybody. */
  hideForMe(id: string): void {
    if (this.book.hide(id, true)) this.publish();
  }

  showForMe(id: string): void {
    if (this.book.hide(id, false)) this.publish();
  }

  /** Goes to the next or the previous open candidate, round and round. */
  next(step: 1 | -1): void {
    const open = this.openCandidates();
    if (open.length === 0) return;
    const now = this.current.peek();
    const place = open.findIndex((one) => isSame(one, now));
    const start = place < 0 && step < 0 ? 0 : place;
    this.current.value = open[(start + step + open.length) % open.length] ?? null;
  }

  close(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.previews.lose();
    this.link.close();
  }

  private received(data: string | Uint8Array): void {
    if (typeof data === 'string') {
      const message = readSuggestionMessage(data);
      if (message !== null) this.heard(message);
      return;
    }
    const frame = readAudioFrame(data);
    if (frame !== null) this.previews.take(frame);
  }

  private heard(message: SuggestionMessage): void {
    switch (message.t) {
      case 'stream':
        this.previews.begin(message.ref, message.stream);
        return;
      case 'streamEnd':
        this.previews.finish(message.stream);
        return;
      case 'error':
        this.refused(message);
        return;
      case 'open':
        this.book.take(message);
        this.rejoined();
        return;
      case 'opened':
        this.opened(message);
        return;
      case 'note':
        if (this.book.take(message)) this.publishSoon();
        return;
      default:
        if (this.book.take(message)) this.publish();
    }
  }

  private opened(message: SuggestionMessage & { t: 'opened' }): void {
    const { ref, suggestion } = message;
    this.book.take(message);
    this.publish();
    const asked = ref !== null && this.mine.delete(ref);
    const first = suggestion.candidates[0];
    if (first === undefined || (!asked && this.current.peek() !== null)) return;
    this.current.value = { suggestion: suggestion.id, candidate: first.index };
  }

  private rejoined(): void {
    this.shownConnected.value = true;
    this.publish();
    const untold = this.untold;
    this.untold = [];
    for (const message of untold) this.send(message);
  }

  private refused({ ref, stream, error }: SuggestionMessage & { t: 'error' }): void {
    if (this.previews.fail(ref, stream, error)) return;
    if (ref !== null) this.mine.delete(ref);
    this.shownProblem.value = error;
  }

  private publishSoon(): void {
    this.timer ??= setTimeout(() => { this.publish(); }, PUBLISH_MS);
  }

  private publish(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.shown.value = this.book.list();
    const open = this.openCandidates();
    const now = this.current.peek();
    if (now === null || open.some((one) => isSame(one, now))) return;
    const sibling = open.find(({ suggestion }) => suggestion === now.suggestion);
    this.current.value = sibling ?? open[0] ?? null;
  }

  private openCandidates(): CurrentCandidate[] {
    return this.shown.peek().flatMap(({ id, status, hidden, candidates }) => {
      const open = !hidden && ['waiting', 'arriving', 'ready'].includes(status);
      if (!open) return [];
      return candidates
        .filter(({ verdict }) => verdict === null)
        .map(({ index }) => ({ suggestion: id, candidate: index }));
    });
  }

  private nextRef(): number {
    this.refs += 1;
    return this.refs;
  }

  private send(message: Readonly<Record<string, unknown>>): boolean {
    return this.shownConnected.peek() && this.link.send(JSON.stringify(message));
  }
}

function isSame(one: CurrentCandidate, other: CurrentCandidate | null): boolean {
  return one.suggestion === other?.suggestion && one.candidate === other.candidate;
}

/** Whether a replaced note lies where `notes` are: same track, within their extent. */
function isAmong(old: Note, notes: readonly Note[]): boolean {
  const beside = notes.filter(({ track }) => track === old.track);
  const start = beside.reduce((first, note) => Math.min(first, note.start), Infinity);
  const end = beside.reduce((last, note) => Math.max(last, note.start + note.duration), 0);
  return old.start >= start && old.start < end;
}
