import type { Command } from './command';

/** Keys that the roll answers itself while it has the focus; listed for the sheet. */
function inRoll(id: string, labelKey: Command['labelKey'], ...keys: string[]): Command {
  return { id, area: 'roll', labelKey, keys, elsewhere: true, run: () => undefined };
}

export const ROLL: readonly Command[] = [
  inRoll('roll.cell', 'command.moveCell', 'Left', 'Right', 'Up', 'Down'),
  inRoll('roll.write', 'command.writeNote', 'Enter'),
  inRoll('roll.extend', 'command.extendSelection', 'Shift+Left', 'Shift+Right'),
  inRoll('roll.nudge', 'command.moveNotes', 'Alt+Left', 'Alt+Right', 'Alt+Up', 'Alt+Down'),
  inRoll('roll.octave', 'command.moveOctave', 'Alt+Shift+Up', 'Alt+Shift+Down'),
  inRoll('roll.bars', 'command.cellByBars', 'PageUp', 'PageDown'),
  inRoll('roll.note', 'command.cellToNote', 'Shift+PageUp', 'Shift+PageDown'),
];
