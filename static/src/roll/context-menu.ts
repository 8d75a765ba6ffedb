/** What the menu of the roll offers at a place. */
import { copyNotes, readCopied } from '../doc/clipboard';
import { deleteNotes } from '../doc/gestures/delete-notes';
import { pasteNotes } from '../doc/gestures/paste-notes';
import { idsAdded } from '../doc/gestures/duplicate-notes';
import { t } from '../i18n/catalogue';
import { spell } from '../i18n/spelling';
import type { RollActions } from './actions';
import { noteAt } from './hit';
import type { RollMenuItems } from './roll-menu';
import { snapped } from './snapping';
import type { Stage } from './stage';
import { rowWords } from './words';

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** The items for a place; a note there that is not chosen becomes the choice first. */
export function menuAt(stage: Stage, actions: RollActions, spot: Spot): RollMenuItems {
  const { editing, view } = stage;
  const geometry = stage.geometry.peek();
  const area = geometry.area(spot.x, spot.y);
  const hit = noteAt(stage, spot);
  if (hit && !editing.selection.peek().has(hit.note.id)) editing.select([hit.note.id]);
  const chosen = [...editing.selection.peek()];
  const none = chosen.length === 0;
  const fixed = none || !stage.canWrite;
  const tick = snapped(stage.snapping, Math.max(0, geometry.tick(spot.x)), 'before');
  const drums = area === 'drums' || area === 'drum-names';
  const pitch = drums ? geometry.drumPitch(spot.y) : geometry.pitch(spot.y);
  const allMuted = !none && chosen.every((id) => view.isMuted(id));
  const row = pitch === null ? '' : rowWords(stage, pitch, tick, drums);
  return [
    { label: t('roll.menu.cut'), key: spell('Mod+X'), disabled: fixed, run: () => { void cut(stage); } },
    { label: t('roll.menu.copy'), key: spell('Mod+C'), disabled: none, run: () => { void copy(stage); } },
    {
      label: t('roll.menu.paste'),
      key: spell('Mod+V'),
      disabled: !stage.canWrite,
      run: () => { void paste(stage, tick); },
    },
    {
      label: t('roll.menu.duplicate'),
      key: spell('Mod+D'),
      disabled: fixed,
      run: () => { actions.duplicate(); },
    },
    {
      label: t('roll.menu.delete'),
      key: t('roll.key.delete'),
      disabled: fixed,
      run: () => { actions.deleteSelection(); },
    },
    null,
    {
      label: t(allMuted ? 'roll.menu.unmute' : 'roll.menu.mute'),
      disabled: fixed,
      run: () => { actions.toggleMute(); },
    },
    null,
    {
      label: t('roll.menu.selectRow', { row }),
      disabled: pitch === null,
      run: () => { if (pitch !== null) actions.selectPitch(pitch); },
    },
    { label: t('roll.menu.selectAll'), key: spell('Mod+A'), run: () => { actions.selectAll(); } },
    null,
    { label: t('roll.menu.fitAll'), run: () => { actions.zoomToFit(); } },
    {
      label: t('roll.menu.fitChosen'),
      disabled: none,
      run: () => { actions.zoomToSelection(); },
    },
  ];
}

async function copy(stage: Stage): Promise<boolean> {
  const text = copyNotes(stage.view, stage.editing.selection.peek());
  if (text === null) return false;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    stage.editing.status.value = t('roll.clipboardClosed');
    return false;
  }
}

async function cut(stage: Stage): Promise<void> {
  const ids = [...stage.editing.selection.peek()];
  if (await copy(stage)) stage.apply(deleteNotes(stage.view, ids));
}

async function paste(stage: Stage, tick: number): Promise<void> {
  let text = '';
  try {
    text = await navigator.clipboard.readText();
  } catch {
    stage.editing.status.value = t('roll.clipboardClosed');
    return;
  }
  const copied = readCopied(text);
  const track = stage.currentTrack;
  if (!copied || !track) {
    stage.editing.status.value = t('roll.nothingToPaste');
    return;
  }
  const gesture = pasteNotes(stage.view, copied, tick, track.id);
  const added = idsAdded(stage.view, gesture);
  if (stage.apply(gesture)) stage.editing.select(added);
}
