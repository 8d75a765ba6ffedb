/** Tells others what this person has chosen and what they look at. */
import { effect } from '@preact/signals-core';

import { SHOWN_IDS } from '../doc/shown-ids';
import type { Stage } from './stage';
import { boxOf } from './tools/kernels';

/** Choices larger than this are not followed through every change. */
const WATCHED = 5000;

/** Returns what ends it. */
export function tellView(stage: Stage): () => void {
  const { presence } = stage.ports;
  if (!presence) return () => undefined;
  const stops = [
    effect(() => {
      const chosen = stage.editing.selection.value;
      // While the marquee still grows, a large choice is not yet made.
      if (chosen.size >= WATCHED && stage.marquee.value !== null) return;
      // A large choice is told when it is made, not again with every change of the score.
      const revision = chosen.size < WATCHED ? stage.revision.value : 0;
      const notes = revision >= 0 ? stage.notes(chosen) : [];
      const ids = notes.slice(0, SHOWN_IDS).map((note) => note.id);
      const select = notes.length === 0 ? null : { n: notes.length, box: boxOf(notes), ids };
      presence.set({ select });
    }),
    effect(() => {
      const { left, right, lowest, highest } = stage.geometry.value;
      presence.set({ view: [Math.round(left), Math.round(right), lowest, highest] });
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
