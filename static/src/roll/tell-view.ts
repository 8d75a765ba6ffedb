/** Tells others what this person has chosen and what they look at. */
import { effect } from '@preact/signals-core';

import type { Stage } from './stage';
import { boxOf, SHOWN_IDS } from './tools/kernels';

/** Returns what ends it. */
export function tellView(stage: Stage): () => void {
  const { presence } = stage.ports;
  if (!presence) return () => undefined;
  const stops = [
    effect(() => {
      const notes = stage.revision.value >= 0 ? stage.notes(stage.editing.selection.value) : [];
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
