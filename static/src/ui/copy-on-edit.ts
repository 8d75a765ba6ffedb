/** The first edit of a template makes the visitor's own copy and goes on there. */
import { effect } from '@preact/signals-core';

import type { Gesture } from '../doc/gesture';
import { t } from '../i18n/catalogue';
import { carryOver } from './carry-over';
import type { Desk } from './desk';
import { problemText } from './problems';
import { scores } from './scores-api';

/** Sends the gestures of a template to a copy of it, from the first one on. */
export function followTemplate(desk: Desk): void {
  const waiting: Gesture[] = [];
  const begin = async (): Promise<void> => {
    desk.notices.say(t('toast.copying'));
    try {
      const copy = await scores.duplicate(desk.scoreId);
      open(desk, copy.id, waiting);
    } catch (error) {
      waiting.length = 0;
      desk.notices.say(problemText(error));
    }
  };
  effect(() => {
    desk.document.readOnlyIntercept = !desk.template.value ? null : (gesture) => {
      waiting.push(gesture);
      if (waiting.length === 1) void begin();
    };
  });
}

/** Opens a score and writes gestures there as soon as it has arrived. */
function open(desk: Desk, score: string, gestures: readonly Gesture[]): void {
  const { tool, track, left, zoom, top } = desk.editing;
  carryOver({
    score,
    gestures,
    view: {
      tool: tool.peek(), track: track.peek(),
      left: left.peek(), zoom: zoom.peek(), top: top.peek(),
    },
  });
  location.assign(`/scores/${score}/`);
}

/** Edits that can't be stored here go into a score of one's own: a copy where that is allowed. */
export async function keepStranded(desk: Desk): Promise<void> {
  const changes = desk.provider.stranded.peek();
  if (changes === null) return;
  try {
    const made = await scores.duplicate(desk.scoreId).catch(() => scores.create());
    open(desk, made.id, [{ label: 'gesture.restore', changes }]);
  } catch (error) {
    desk.notices.say(problemText(error));
  }
}
