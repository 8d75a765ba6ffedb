/** What all drags of notes share: the grid, the sound, the sight that others get. */
import type { Shift } from '../../doc/gestures/move-notes';
import type { Note } from '../../music/notes';
import type { DragPresence } from '../../net/presence-state';
import { snapped } from '../snapping';
import type { Stage } from '../stage';
import type { Grasp } from './grasp';
import type { Pointer } from './pointer';

/** True while the key that lets go of the grid is held. */
export function isFree(pointer: Pointer): boolean {
  return pointer.alt || pointer.meta;
}

/** The tick that a place stands for: on the grid unless the bypass key is held. */
export function held(stage: Stage, tick: number, pointer: Pointer): number {
  if (isFree(pointer)) return Math.max(0, Math.round(tick));
  return snapped(stage.snapping, tick);
}

/** Shows the drag to others; they see the notes, or their box when there are many. */
export function showDrag(
  stage: Stage,
  kind: DragPresence['kind'],
  { box, named }: Grasp,
  by: Shift,
): void {
  stage.ports.presence?.set({
    drag: { kind, dt: Math.round(by.dt), dp: by.dp, box, ids: named },
  });
}

export function endDrag(stage: Stage): void {
  stage.clearPreview();
  stage.ports.presence?.set({ drag: null });
}

/** Sounds a note for a moment. */
export function sound(stage: Stage, note: Pick<Note, 'track' | 'pitch' | 'velocity'>): void {
  stage.ports.player?.preview(note.track, note.pitch, note.velocity);
}
