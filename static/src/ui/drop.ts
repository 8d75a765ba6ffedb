/** Files dropped anywhere on the page. */

const MUSIC = /\.(mid|midi|kar|smf)$/i;

export interface DropTarget {
  /** A file came; `null` when something was dropped that is no MIDI file. */
  take(file: File | null): void;
}

/** Marks the page with `data-dropping` while a file hangs over it, and hands the file over. */
export function bindDrop(target: DropTarget): () => void {
  const root = document.documentElement;
  const over = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    root.dataset.dropping = '';
  };
  const leave = (event: DragEvent): void => {
    if (event.relatedTarget === null) delete root.dataset.dropping;
  };
  const drop = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    delete root.dataset.dropping;
    const files = [...(event.dataTransfer?.files ?? [])];
    target.take(files.find((file) => MUSIC.test(file.name)) ?? null);
  };
  document.addEventListener('dragover', over);
  document.addEventListener('dragleave', leave);
  document.addEventListener('drop', drop);
  return () => {
    document.removeEventListener('dragover', over);
    document.removeEventListener('dragleave', leave);
    document.removeEventListener('drop', drop);
  };
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true;
}
