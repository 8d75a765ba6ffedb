/** Cut, copy and paste of notes by the browser's own clipboard events. */
import { copyNotes, readCopied } from '../doc/clipboard';
import { deleteNotes } from '../doc/gestures/delete-notes';
import { idsAdded } from '../doc/gestures/duplicate-notes';
import { pasteNotes } from '../doc/gestures/paste-notes';
import { t } from '../i18n/catalogue';
import type { Desk } from './desk';

/** Answers the page's clipboard events until the returned function is called. */
export function bindClipboard(desk: Desk): () => void {
  const copy = (event: ClipboardEvent): void => {
    if (inText(event)) return;
    const text = copyNotes(desk.score.view, desk.editing.selection.peek());
    if (text === null) return;
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    const n = desk.editing.selection.peek().size;
    if (event.type === 'cut') {
      desk.apply(deleteNotes(desk.score.view, desk.editing.selection.peek()));
    } else {
      desk.notices.say(t('toast.copied', { n }));
    }
  };
  const paste = (event: ClipboardEvent): void => {
    if (inText(event)) return;
    const copied = readCopied(event.clipboardData?.getData('text/plain') ?? '');
    if (copied === null) return;
    event.preventDefault();
    const { editing, player, score } = desk;
    // At the keyboard's cell while the keyboard is in the roll, else at the playhead.
    const at = editing.focused.peek() ? editing.cell.peek().tick : player.positionNow();
    const gesture = pasteNotes(score.view, copied, Math.floor(at), editing.track.peek());
    const added = idsAdded(score.view, gesture);
    if (desk.apply(gesture)) editing.select(added);
  };
  document.addEventListener('copy', copy);
  document.addEventListener('cut', copy);
  document.addEventListener('paste', paste);
  return () => {
    document.removeEventListener('copy', copy);
    document.removeEventListener('cut', copy);
    document.removeEventListener('paste', paste);
  };
}

function inText(event: ClipboardEvent): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof Element)) return false;
  if (target.closest('dialog, textarea') !== null) return true;
  return target instanceof HTMLInputElement && target.type !== 'range';
}
