/** What people decide about candidates. */
import type { CandidateState, SuggestionState } from '../../ai/suggestion-state';
import { t } from '../../i18n/catalogue';
import type { Desk } from '../desk';
import { barsOf, isPartlyKept } from './words';

/**
 * Writes the candidate, or the ghosts picked out of it, as one gesture with one undo. Of a
 * candidate that is kept in part, what is not in the score yet.
 */
export function accept(desk: Desk, of: SuggestionState, candidate: CandidateState): void {
  if (candidate.notes.length === 0 || !desk.canEdit.peek()) return;
  const ghosts = desk.editing.ghostSelection.peek();
  const picked = ghosts?.suggestion === of.id && ghosts.candidate === candidate.index
    ? candidate.notes.filter((note) => ghosts.ids.has(note.id))
    : isPartlyKept(candidate)
      ? candidate.notes.filter((note) => desk.document.note(note.id) === undefined) : [];
  const notes = picked.length > 0 ? picked : candidate.notes;
  const part = picked.length > 0 ? picked.map((note) => note.id) : undefined;
  desk.suggestions.accept(desk.document, of.id, candidate.index, part);
  desk.editing.ghostSelection.value = null;
  const start = Math.min(...notes.map((note) => note.start));
  const end = Math.max(...notes.map((note) => note.start + note.duration));
  desk.sayUndoable(t('toast.accepted', {
    letter: candidate.letter, n: notes.length, bars: barsOf(desk.score.view.meter, start, end),
  }));
}

/** Puts the candidate away for the whole room; it can be opened again. */
export function dismiss(desk: Desk, of: SuggestionState, candidate: CandidateState): void {
  desk.suggestions.dismiss(of.id, candidate.index);
}

export function reopen(desk: Desk, of: SuggestionState, candidate: CandidateState): void {
  desk.suggestions.decide(of.id, candidate.index, 'reopened', null);
}

/** Out of my sight only. */
export function closeForMe(desk: Desk, of: SuggestionState): void {
  desk.hearing.stop();
  desk.suggestions.hideForMe(of.id);
  desk.notices.say(t('toast.hidden'));
}

export function toggleVote(
  desk: Desk, of: SuggestionState, candidate: CandidateState, mine: boolean,
): void {
  desk.suggestions.vote(of.id, candidate.index, mine ? 0 : 1);
}
