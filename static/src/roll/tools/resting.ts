/** What a press begins: decided by the place, the tool and what lies there. */
import { deleteNotes } from '../../doc/gestures/delete-notes';
import { t } from '../../i18n/catalogue';
import { ghostAt, noteAt, type NoteHit } from '../hit';
import type { Stage } from '../stage';
import { Brushing } from './brushing';
import { Drawing } from './drawing';
import { Erasing } from './erasing';
import { cursorOf, gripAt, Looping } from './looping';
import { Muting } from './muting';
import { Panning } from './panning';
import { PickingGhosts } from './picking-ghosts';
import { PlayingKeys } from './playing-keys';
import type { Pointer } from './pointer';
import { PointingNote } from './pointing-note';
import { Scrubbing } from './scrubbing';
import { ShapingVelocity } from './shaping-velocity';
import { Spanning } from './spanning';
import { Splitting } from './splitting';
import type { State } from './state';
import { Steering } from './steering';

/** The state that a press leads to; null when it means nothing here. */
export function press(stage: Stage, pointer: Pointer): State | null {
  if (pointer.button === 1) return new Panning(stage, pointer);
  if (pointer.button !== 0) return null;
  switch (pointer.area) {
    case 'minimap':
      return new Steering(stage, pointer);
    case 'ruler-marks':
      return new Spanning(stage, pointer);
    case 'ruler-bars':
      return new Scrubbing(stage, pointer);
    case 'ruler-loop': {
      const { player } = stage.ports;
      return player ? new Looping(stage, player, pointer) : null;
    }
    case 'keys':
    case 'drum-names':
      return pressKey(stage, pointer);
    case 'lane':
      return stage.canWrite ? new ShapingVelocity(stage, pointer) : null;
    case 'grid':
    case 'drums':
      return pressGrid(stage, pointer);
    case 'corner':
      return null;
  }
}

function pressKey(stage: Stage, pointer: Pointer): State | null {
  const drums = pointer.area === 'drum-names';
  const current = stage.currentTrack;
  const fits = current && (current.kind === 'drums') === drums;
  const track = fits ? current : stage.shownTracks.find((t) => (t.kind === 'drums') === drums);
  return track ? new PlayingKeys(stage, track.id, pointer) : null;
}

function pressGrid(stage: Stage, pointer: Pointer): State | null {
  const tool = stage.canWrite ? stage.editing.tool.peek() : 'select';
  if (tool === 'erase') return new Erasing(stage, pointer);
  if (tool === 'split') return new Splitting(stage, pointer);
  if (tool === 'mute') return new Muting(stage, pointer);
  const hit = noteAt(stage, pointer);
  if (hit) return pressNote(stage, pointer, hit);
  const ghost = ghostAt(stage, pointer);
  if (ghost && tool === 'select') return new PickingGhosts(stage, ghost, pointer);
  const draws = tool === 'draw' || (pointer.clicks === 2 && stage.canWrite && !pointer.shift);
  return draws ? Drawing.begin(stage, pointer) : new Brushing(stage, pointer);
}

/** A second click on a note takes it away. */
function pressNote(stage: Stage, pointer: Pointer, hit: NoteHit): State | null {
  const plain = !pointer.shift && !pointer.ctrl && !pointer.alt && !pointer.meta;
  const selecting = stage.editing.tool.peek() === 'select';
  if (pointer.clicks === 2 && plain && selecting && stage.canWrite) {
    stage.apply(deleteNotes(stage.view, [hit.note.id]));
    return null;
  }
  return new PointingNote(stage, hit, pointer);
}

/** The cursor while nothing is pressed. */
export function restingCursor(stage: Stage, pointer: Pointer): string {
  switch (pointer.area) {
    case 'minimap':
      return 'grab';
    case 'ruler-marks':
      return 'text';
    case 'ruler-bars':
      return 'pointer';
    case 'ruler-loop': {
      const loop = stage.ports.player?.loop.peek();
      return loop ? cursorOf(gripAt(stage, loop, pointer)) : 'default';
    }
    case 'keys':
    case 'drum-names':
      return 'pointer';
    case 'lane':
      return stage.canWrite ? 'ns-resize' : 'default';
    case 'grid':
    case 'drums':
      return gridCursor(stage, pointer);
    case 'corner':
      return 'default';
  }
}

function gridCursor(stage: Stage, pointer: Pointer): string {
  const tool = stage.canWrite ? stage.editing.tool.peek() : 'select';
  if (tool === 'erase' || tool === 'split' || tool === 'mute') return `tool-${tool}`;
  const hit = noteAt(stage, pointer);
  if (hit) {
    if (!stage.canWrite) return 'default';
    return hit.part === 'body' ? 'grab' : 'ew-resize';
  }
  if (tool === 'draw') return 'tool-draw';
  return ghostAt(stage, pointer) ? 'pointer' : 'default';
}

/** What the status bar says about a place of the frame; null for the grid itself. */
export function placeHint(pointer: Pointer): string | null {
  switch (pointer.area) {
    case 'minimap':
      return t('roll.hint.minimap');
    case 'ruler-marks':
      return t('roll.hint.region');
    case 'ruler-bars':
      return t('roll.hint.seek');
    case 'ruler-loop':
      return t('roll.hint.loop');
    case 'lane':
      return t('roll.hint.lane');
    default:
      return null;
  }
}
