/** How suggestions are spoken of. */
import type { CandidateState, SuggestionKind, SuggestionState } from '../../ai/suggestion-state';
import { phrase, t } from '../../i18n/catalogue';
import type { MeterMap } from '../../music/meter-map';
import { TICKS_PER_QUARTER } from '../../music/notes';

/** `bars 5–8`, `bar 5`; from bars counted from 0. */
export function bars(first: number, last: number): string {
  return first === last
    ? t('suggest.oneBar', { bar: first + 1 })
    : t('suggest.someBars', { first: first + 1, last: last + 1 });
}

export function kindName(kind: SuggestionKind): string {
  return phrase(`kind.${kind}`);
}

/** The bars of a span of ticks, in words. */
export function barsOf(meter: MeterMap, start: number, end: number): string {
  return bars(meter.barAt(start), meter.barAt(Math.max(start, end - 1)));
}

/** Some of its notes are accepted, the others still wait for a decision. */
export function isPartlyKept(
  candidate: CandidateState,
): candidate is CandidateState & { readonly kept: readonly string[] } {
  return candidate.verdict === 'accepted' && candidate.kept !== null;
}

/** Whether the room can still decide about some of its notes. */
export function isUndecided(candidate: CandidateState): boolean {
  return candidate.verdict === null || isPartlyKept(candidate);
}

/** What a candidate has come to: "bar 7 of 8", "14 notes", "accepted". */
export function progress(meter: MeterMap, of: SuggestionState, candidate: CandidateState): string {
  if (isPartlyKept(candidate)) {
    return t('card.keptSome', { n: candidate.kept.length, of: candidate.notes.length });
  }
  if (candidate.verdict === 'accepted') return t('card.accepted');
  if (candidate.verdict === 'dismissed') return t('card.dismissed');
  if (candidate.done) return t('card.notes', { n: candidate.notes.length });
  if (of.status === 'failed' || of.status === 'cancelled') {
    return t('card.stoppedAt', { n: candidate.notes.length });
  }
  if (candidate.front <= of.region.start) return t('card.waiting');
  const bar = meter.barAt(Math.min(candidate.front, of.region.end - 1)) + 1;
  return t('card.bar', { bar, last: meter.barAt(of.region.end - 1) + 1 });
}

/** A plain two-word character, from the notes themselves: "rising, busy". */
export function character(of: SuggestionState, candidate: CandidateState): string {
  const { notes } = candidate;
  if (notes.length < 4) return t('card.candidate', { letter: candidate.letter });
  const half = Math.floor(notes.length / 2);
  const mean = (list: CandidateState['notes']): number =>
    list.reduce((sum, note) => sum + note.pitch, 0) / list.length;
  const drift = mean(notes.slice(half)) - mean(notes.slice(0, half));
  const { start, end, tracks } = of.region;
  const beats = Math.max(1, (end - start) / TICKS_PER_QUARTER) * tracks.length;
  const density = notes.length / beats;
  return t('character.two', {
    line: grade(drift, 2, t('character.falling'), t('character.level'), t('character.rising')),
    pace: grade(density - 1.15, 0.45, t('character.sparse'), t('character.even'),
      t('character.busy')),
  });
}

/** Below -limit, between, above limit. */
function grade(value: number, limit: number, less: string, even: string, more: string): string {
  if (value > limit) return more;
  return value < -limit ? less : even;
}
