import type { Command } from './command';

/** What Tab, Enter and Esc do while the focus is in the roll or on a card: answered there. */
function onCandidates(id: string, labelKey: Command['labelKey'], keys: string): Command {
  return { id, area: 'suggest', labelKey, keys: [keys], elsewhere: true, run: () => undefined };
}

export const SUGGEST: readonly Command[] = [
  {
    id: 'suggest.ask', area: 'suggest', labelKey: 'command.suggest', keys: ['Mod+Enter'],
    run: (desk) => { desk.ask(); },
    when: ({ asking, canEdit }) => canEdit.value && asking.region.value !== null,
  },
  onCandidates('suggest.next', 'command.nextCandidate', 'Tab'),
  onCandidates('suggest.previous', 'command.previousCandidate', 'Shift+Tab'),
  onCandidates('suggest.accept', 'command.accept', 'Enter'),
  onCandidates('suggest.hide', 'command.hideForMe', 'Esc'),
];
