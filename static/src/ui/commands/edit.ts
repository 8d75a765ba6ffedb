import { deleteNotes } from '../../doc/gestures/delete-notes';
import { duplicateNotes, idsAdded } from '../../doc/gestures/duplicate-notes';
import { transposeNotes } from '../../doc/gestures/transpose-notes';
import type { Gesture } from '../../doc/gesture';
import type { ScoreView } from '../../doc/score-view';
import type { Desk } from '../desk';
import type { Command } from './command';

const OCTAVE = 12;

function some({ editing, canEdit }: Desk): boolean {
  return canEdit.value && editing.selection.value.size > 0;
}

type Plan = (view: ScoreView, ids: readonly string[]) => Gesture;

/** A command that does one gesture to the selected notes. */
function onSelection(
  id: string,
  labelKey: Command['labelKey'],
  keys: readonly string[],
  plan: Plan,
): Command {
  return {
    id, area: 'edit', labelKey, keys, when: some,
    run: (desk) => {
      const gesture = plan(desk.score.view, [...desk.editing.selection.peek()]);
      const added = idsAdded(desk.score.view, gesture);
      if (desk.apply(gesture) && added.length > 0) desk.editing.select(added);
    },
  };
}

/** Cut, copy and paste are the browser's own: `Clipboard` answers its events. */
function byClipboard(id: string, labelKey: Command['labelKey'], keys: string): Command {
  return { id, area: 'edit', labelKey, keys: [keys], elsewhere: true, run: () => undefined };
}

export const EDIT: readonly Command[] = [
  {
    id: 'edit.undo', area: 'edit', labelKey: 'command.undo', keys: ['Mod+Z'],
    run: (desk) => { desk.undo(); },
    when: ({ document }) => document.history.value.undo !== null,
  },
  {
    id: 'edit.redo', area: 'edit', labelKey: 'command.redo', keys: ['Mod+Shift+Z', 'Mod+Y'],
    run: (desk) => { desk.redo(); },
    when: ({ document }) => document.history.value.redo !== null,
  },
  byClipboard('edit.cut', 'command.cut', 'Mod+X'),
  byClipboard('edit.copy', 'command.copy', 'Mod+C'),
  byClipboard('edit.paste', 'command.paste', 'Mod+V'),
  onSelection('edit.duplicate', 'command.duplicate', ['Mod+D'], duplicateNotes),
  onSelection('edit.delete', 'command.delete', ['Del', 'Backspace'], deleteNotes),
  {
    id: 'edit.selectAll', area: 'edit', labelKey: 'command.selectAll', keys: ['Mod+A'],
    run: ({ editing, score }) => {
      const track = editing.track.peek();
      editing.select(score.view.notesOf(track).notes.map((note) => note.id));
    },
  },
  onSelection('edit.octaveUp', 'command.octaveUp', ['Shift+Up'],
    (view, ids) => transposeNotes(view, ids, OCTAVE)),
  onSelection('edit.octaveDown', 'command.octaveDown', ['Shift+Down'],
    (view, ids) => transposeNotes(view, ids, -OCTAVE)),
];
