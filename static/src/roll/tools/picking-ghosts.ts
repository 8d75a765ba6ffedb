import { batch } from '@preact/signals-core';

import type { GhostSelection } from '../editing';
import type { Box } from '../geometry';
import { ghostsOf, type GhostHit } from '../hit';
import type { Stage } from '../stage';
import { sound } from './dragging';
import type { Pointer } from './pointer';
import { State } from './state';

/** A suggested note is pressed: its candidate becomes the current one; shift picks single notes. */
export class PickingGhosts extends State {
  readonly cursor = 'pointer';

  constructor(stage: Stage, hit: GhostHit, from: Pointer) {
    super(stage);
    const { suggestion, candidate, id } = hit;
    const note = candidate.notes.find((each) => each.id === id);
    const { suggestions } = stage.ports;
    batch(() => {
      if (suggestions) {
        suggestions.current.value = { suggestion: suggestion.id, candidate: candidate.index };
      }
      stage.editing.select([]);
      const known = stage.editing.ghostSelection.peek();
      const same = known?.suggestion === suggestion.id && known.candidate === candidate.index;
      const ids = new Set(same && from.shift ? known.ids : []);
      if (!ids.delete(id)) ids.add(id);
      stage.editing.ghostSelection.value = ids.size === 0
        ? null
        : { suggestion: suggestion.id, candidate: candidate.index, ids };
    });
    if (note) sound(stage, note);
  }

  move(): State {
    return this;
  }

  up(): null {
    return null;
  }
}

/** The notes of the current candidate that start inside a box in pixels. */
export function ghostsInside(stage: Stage, box: Box): GhostSelection | null {
  const geometry = stage.geometry.peek();
  const current = stage.ports.suggestions?.current.peek();
  if (!current) return null;
  const suggestion = stage.ports.suggestions?.list.peek()
    .find((each) => each.id === current.suggestion && !each.hidden);
  const candidate = suggestion?.candidates.find((each) => each.index === current.candidate);
  if (!candidate || suggestion?.status === 'decided') return null;
  const left = geometry.tick(box.x);
  const right = geometry.tick(box.x + box.width);
  const ids = new Set<string>();
  for (const note of ghostsOf(stage, candidate)) {
    if (note.start + note.duration <= left || note.start >= right) continue;
    const y = stage.rowY(note);
    if (y === null || y + geometry.rowHeight < box.y || y > box.y + box.height) continue;
    ids.add(note.id);
  }
  return ids.size === 0 ? null : { ...current, ids };
}
