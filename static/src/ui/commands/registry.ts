/** All commands of the editor: the one list that keys, menus, sheet and tests read. */
import type { Desk } from '../desk';
import type { Command } from './command';
import { EDIT } from './edit';
import { FILE } from './file';
import { belongsToControl, matches, pressesControl } from './keys';
import { PLAY } from './play';
import { ROLL } from './roll';
import { SUGGEST } from './suggest';
import { TOOL_COMMANDS } from './tools';
import { VIEW } from './view';

export const COMMANDS: readonly Command[] = [
  ...PLAY, ...EDIT, ...TOOL_COMMANDS, ...VIEW, ...SUGGEST, ...ROLL, ...FILE,
];

const BY_ID = new Map(COMMANDS.map((command) => [command.id, command]));

/** A command by its id; a wrong id is a mistake in the program. */
export function commandOf(id: string): Command {
  const found = BY_ID.get(id);
  if (found === undefined) throw new RangeError(`no command ${id}`);
  return found;
}

/** The command that a key press asks for, if it may run now. */
export function commandFor(event: KeyboardEvent, desk: Desk): Command | undefined {
  if (event.defaultPrevented || belongsToControl(event) || pressesControl(event)) return undefined;
  return COMMANDS.find(
    (command) =>
      command.elsewhere !== true &&
      command.keys.some((keys) => matches(event, keys)) &&
      command.when?.(desk) !== false,
  );
}
