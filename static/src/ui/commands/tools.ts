import type { PlainKey } from '../../i18n/catalogue';
import { SNAP_SETTINGS, type SnapSetting } from '../../music/snap';
import { TOOLS, type SnapChoice, type Tool } from '../../roll/editing';
import type { Desk } from '../desk';
import type { Command } from './command';

const NAMES: Readonly<Record<Tool, PlainKey>> = {
  select: 'tool.select',
  draw: 'tool.draw',
  erase: 'tool.erase',
  split: 'tool.split',
  mute: 'tool.mute',
};

/** Plain values from coarse to fine; dotted and triplets are reached by the picker. */
const LADDER: readonly SnapSetting[] = SNAP_SETTINGS.filter(
  (setting) => setting === 'bar' || /\d$/.test(setting),
);

function stepSnap({ editing }: Desk, by: number): void {
  const now: SnapChoice = editing.snap.peek();
  const at = LADDER.findIndex((setting) => setting === now);
  const from = at >= 0 ? at : LADDER.findLastIndex((setting) => now.startsWith(setting));
  const next = LADDER[Math.min(LADDER.length - 1, Math.max(0, from + by))];
  if (next !== undefined) editing.snap.value = next;
}

export const TOOL_COMMANDS: readonly Command[] = [
  ...TOOLS.map((tool, index): Command => ({
    id: `tool.${tool}`,
    area: 'tools',
    labelKey: NAMES[tool],
    keys: [String(index + 1)],
    run: ({ editing }) => { editing.setTool(tool); },
    when: ({ canEdit }) => tool === 'select' || canEdit.value,
  })),
  {
    id: 'snap.finer', area: 'tools', labelKey: 'command.snapFiner', keys: ['.'],
    run: (desk) => { stepSnap(desk, 1); },
  },
  {
    id: 'snap.coarser', area: 'tools', labelKey: 'command.snapCoarser', keys: [','],
    run: (desk) => { stepSnap(desk, -1); },
  },
];
