import { turnTheme } from '../theme';
import type { Command } from './command';

export const VIEW: readonly Command[] = [
  {
    id: 'view.zoomIn', area: 'view', labelKey: 'command.zoomIn', keys: ['+', '='],
    run: ({ roll }) => { roll()?.zoomIn(); },
  },
  {
    id: 'view.zoomOut', area: 'view', labelKey: 'command.zoomOut', keys: ['-'],
    run: ({ roll }) => { roll()?.zoomOut(); },
  },
  {
    id: 'view.zoomFit', area: 'view', labelKey: 'command.zoomFit', keys: ['Z'],
    run: ({ roll }) => { roll()?.zoomToFit(); },
  },
  {
    id: 'view.follow', area: 'view', labelKey: 'command.follow', keys: ['F'],
    run: ({ editing }) => { editing.follow.value = !editing.follow.peek(); },
  },
  {
    id: 'view.lane', area: 'view', labelKey: 'command.lane', keys: ['V'],
    run: ({ editing }) => { editing.laneShown.value = !editing.laneShown.peek(); },
  },
  {
    id: 'view.tracks', area: 'view', labelKey: 'command.foldTracks', keys: ['['],
    run: ({ layout }) => { layout.tracksFolded.value = !layout.tracksFolded.peek(); },
  },
  {
    id: 'view.panel', area: 'view', labelKey: 'command.foldPanel', keys: [']'],
    run: ({ layout }) => { layout.panelFolded.value = !layout.panelFolded.peek(); },
  },
  {
    id: 'view.theme', area: 'view', labelKey: 'command.theme', keys: [],
    run: turnTheme,
  },
  {
    id: 'view.shortcuts', area: 'view', labelKey: 'command.shortcuts', keys: ['?'],
    run: ({ layout }) => { layout.open('shortcuts'); },
  },
];
