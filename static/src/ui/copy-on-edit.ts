/** The first edit of a template makes the visitor's own copy and goes on there. */
import { effect } from '@preact/signals-core';

import type { SuggestionRequest } from '../ai/suggestions';
import type { Gesture } from '../doc/gesture';
import { t } from '../i18n/catalogue';
import { TOOLS } from '../roll/editing';
import { carriedOver, carryOver, unpacked } from './carry-over';
import type { Desk } from './desk';
import { problemText } from './problems';
import { scores } from './scores-api';

/** Sends the gestures of a template, or a request made there, to a copy of it. */
export function followTemplate(desk: Desk): void {
  const waiting: Gesture[] = [];
  let begun = false;
  const begin = async (request: SuggestionRequest | null): Promise<void> => {
    if (begun) return;
    begun = true;
    desk.notices.say(t('toast.copying'));
    try {
      const copy = await scores.duplicate(desk.scoreId);
      open(desk, copy.id, waiting, request);
    } catch (error) {
      begun = false;
      waiting.length = 0;
      desk.notices.say(problemText(error));
    }
  };
  desk.copyFirst = (request) => { void begin(request); };
  effect(() => {
    desk.document.readOnlyIntercept = !desk.template.value ? null : (gesture) => {
      waiting.push(gesture);
      void begin(null);
    };
  });
}

/** Opens a score and goes on there as soon as it has arrived. */
function open(
  desk: Desk, score: string, gestures: readonly Gesture[], request: SuggestionRequest | null,
): void {
  const { tool, track, left, zoom, top } = desk.editing;
  carryOver({
    score,
    gestures,
    request,
    view: {
      tool: tool.peek(), track: track.peek(),
      left: left.peek(), zoom: zoom.peek(), top: top.peek(),
    },
  });
  location.assign(`/scores/${score}/`);
}

/** In the copy: writes what was carried over and asks what was asked. */
export function goOn(desk: Desk): void {
  const carried = carriedOver(desk.scoreId);
  if (carried === null) return;
  const { view, gestures, request } = carried;
  desk.editing.tool.value = TOOLS.find((tool) => tool === view.tool) ?? 'select';
  desk.editing.left.value = view.left;
  desk.editing.zoom.value = view.zoom;
  desk.editing.top.value = view.top;
  once(() => desk.provider.synced.value && desk.canEdit.value, () => {
    desk.editing.track.value = view.track;
    for (const gesture of gestures) desk.document.apply(gesture);
    unpacked();
    if (request === null) return;
    once(() => desk.suggestions.connected.value && desk.provider.unacked.value === 0, () => {
      desk.asking.send(request);
    });
  });
}

/** Does something the first time that a condition over signals holds. */
function once(holds: () => boolean, work: () => void): void {
  let done = false;
  const stop = effect(() => {
    if (done || !holds()) return;
    done = true;
    queueMicrotask(() => {
      stop();
      work();
    });
  });
}

/** Edits that can't be stored here go into a score of one's own: a copy where that is allowed. */
export async function keepStranded(desk: Desk): Promise<void> {
  const changes = desk.provider.stranded.peek();
  if (changes === null) return;
  try {
    const made = await scores.duplicate(desk.scoreId).catch(() => scores.create());
    open(desk, made.id, [{ label: 'gesture.restore', changes }], null);
    desk.provider.letGo();
  } catch (error) {
    desk.notices.say(problemText(error));
  }
}
