import type { Command } from './command';

export const PLAY: readonly Command[] = [
  {
    id: 'play.toggle', area: 'play', labelKey: 'command.play', keys: ['Space'],
    run: ({ player, hearing }) => {
      if (hearing.heard.peek() !== null) hearing.stop();
      else if (player.playing.peek()) player.pause();
      else player.play();
    },
  },
  {
    id: 'play.stop', area: 'play', labelKey: 'command.stop', keys: ['Shift+Space'],
    run: ({ player, hearing }) => {
      if (hearing.heard.peek() !== null) hearing.stop();
      else player.stop();
    },
  },
  {
    id: 'play.start', area: 'play', labelKey: 'command.toStart', keys: ['Home'],
    run: ({ player }) => { player.seek(0); },
  },
  {
    id: 'play.loop', area: 'play', labelKey: 'command.loop', keys: ['L'],
    run: (desk) => {
      const { player, score, editing } = desk;
      const loop = player.loop.peek();
      if (loop.on || loop.end > loop.start) {
        player.loop.value = { ...loop, on: !loop.on };
        return;
      }
      // Never set before: the marked time, else the bars around the playhead.
      const { meter } = score.view;
      const bar = meter.barAt(player.positionNow());
      const around = { start: meter.barStart(bar), end: meter.barStart(bar + LOOP_BARS) };
      player.loop.value = { ...(editing.region.peek() ?? around), on: true };
    },
  },
  {
    id: 'play.metronome', area: 'play', labelKey: 'command.metronome', keys: ['K'],
    run: ({ player }) => { player.metronome.value = !player.metronome.peek(); },
  },
];

const LOOP_BARS = 4;
