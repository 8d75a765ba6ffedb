/** The next request for a suggestion: what kind, where, and with which wishes. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';

import type { SuggestionKind } from '../ai/suggestion-state';
import type { SuggestionRequest } from '../ai/suggestions';
import { askedRegion, extentOf, type AskedRegion, type Extent } from '../roll/asked-region';
import type { Track } from '../music/notes';
import type { TimeSpan } from '../roll/editing';
import type { Desk } from './desk';

export type AskedKind = Extract<SuggestionKind, 'continue' | 'infill'>;
export const ASKED_KINDS: readonly AskedKind[] = ['continue', 'infill'];

export const WISHES = ['tempo', 'density', 'temperature'] as const;
export type WishName = (typeof WISHES)[number];

/** Null = no preference. */
export type Wishes = Readonly<Record<WishName, number | null>>;
export const NO_WISHES: Wishes = { tempo: null, density: null, temperature: null };

export const CANDIDATES_ASKED = 2;

export class Asking {
  readonly kind: Signal<AskedKind> = signal<AskedKind>('continue');
  readonly wishes: Signal<Wishes> = signal(NO_WISHES);
  /** Tracks chosen in the sentence; null = those that the marks suggest. */
  readonly tracks: Signal<readonly string[] | null> = signal<readonly string[] | null>(null);
  /** Null while the score has no track to write on. */
  readonly region: ReadonlySignal<AskedRegion | null>;

  /** Read anew with a choice or a change of the score, not with every mark in the ruler. */
  private readonly chosen: ReadonlySignal<Extent | null>;

  constructor(private readonly desk: Desk) {
    this.chosen = computed(() => {
      const { editing, score } = desk;
      const ids = editing.selection.value;
      return score.version.value >= 0 && ids.size > 0 ? extentOf(score.view, ids) : null;
    });
    this.region = computed(() => this.wholeBars());
  }

  /** Chooses bars by hand: the same as marking them in the ruler. */
  markBars(first: number, last: number): void {
    const { meter } = this.desk.score.view;
    const span = { start: meter.barStart(first), end: meter.barStart(last + 1) };
    this.desk.editing.region.value = span;
  }

  wish(name: WishName, value: number | null): void {
    this.wishes.value = { ...this.wishes.peek(), [name]: value };
  }

  /** What would be asked now; null when there is nothing to ask about. */
  request(): SuggestionRequest | null {
    const region = this.region.peek();
    if (region === null) return null;
    const wishes = this.wishes.peek();
    const controls: Record<string, number> = {};
    for (const name of WISHES) {
      const value = wishes[name];
      if (value !== null) controls[name] = value;
    }
    const { tracks, start, end } = region;
    return {
      kind: this.kind.peek(), region: { tracks, start, end }, controls,
      candidates: CANDIDATES_ASKED,
    };
  }

  /** Sends a request and brings its bars into sight. */
  send(request: SuggestionRequest): void {
    this.desk.suggestions.request(request);
    this.desk.bringIntoSight(request.region.start, request.region.end);
  }

  /** Where engines can write: none of them writes drums yet. */
  get writable(): readonly Track[] {
    return this.desk.score.tracks.value.filter(({ kind }) => kind === 'pitched');
  }

  /** The marked region, widened to bars: a sentence speaks of bars. */
  private wholeBars(): AskedRegion | null {
    const { editing, player, score } = this.desk;
    const writable = score.version.value >= 0 ? this.writable : [];
    const current = editing.track.value;
    const loop = player.loop.value;
    const asked = askedRegion(score.view, {
      region: editing.region.value,
      loop: loop.on ? loop : null,
      chosen: this.chosen.value,
      track: writable.find(({ id }) => id === current)?.id ?? writable[0]?.id ?? '',
      cell: editing.cell.value,
      follows: this.kind.value === 'continue',
    });
    const among = (ids: readonly string[]): string[] =>
      ids.filter((id) => writable.some((track) => track.id === id));
    const chosen = among(this.tracks.value ?? []);
    const tracks = chosen.length > 0 ? chosen : among(asked.tracks);
    if (tracks.length === 0) return null;
    const whole = bars(score.view.meter, asked);
    return { ...asked, ...whole, tracks };
  }
}

interface Bars {
  barAt(tick: number): number;
  barStart(bar: number): number;
}

/** The bars that a span touches, as ticks. */
function bars(meter: Bars, span: TimeSpan): TimeSpan {
  const first = meter.barAt(span.start);
  const last = meter.barAt(Math.max(span.start, span.end - 1));
  return { start: meter.barStart(first), end: meter.barStart(last + 1) };
}
