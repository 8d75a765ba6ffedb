import type { Command } from './command';

export const FILE: readonly Command[] = [
  {
    id: 'file.share', area: 'file', labelKey: 'command.share', keys: [],
    run: ({ layout }) => { layout.open('share'); },
    when: ({ provider, template }) => provider.role.value === 'owner' && !template.value,
  },
  {
    id: 'file.export', area: 'file', labelKey: 'command.export', keys: ['Mod+E'],
    run: ({ layout }) => { layout.open('export'); },
  },
  {
    id: 'file.import', area: 'file', labelKey: 'command.import', keys: ['Mod+O'],
    run: ({ layout }) => { layout.open('import'); },
  },
];
