/** How the editor is laid out for this person: folded panels, the phone's sheet, open dialogs. */
import { signal, type Signal } from '@preact/signals-core';

export type DialogName = 'share' | 'shortcuts' | 'export' | 'import' | 'room';
export type SheetHeight = 'peek' | 'half' | 'full';

const SHEET: readonly SheetHeight[] = ['peek', 'half', 'full'];
const PHONE = '(max-width: 720px)';

export class Layout {
  readonly tracksFolded: Signal<boolean> = signal(false);
  readonly panelFolded: Signal<boolean> = signal(false);
  readonly sheet: Signal<SheetHeight> = signal<SheetHeight>('peek');
  readonly dialog: Signal<DialogName | null> = signal<DialogName | null>(null);
  /** A file that was dropped on the page and waits for the import dialog. */
  dropped: File | null = null;
  readonly phone: Signal<boolean> = watch(PHONE);

  open(dialog: DialogName): void {
    this.dialog.value = dialog;
  }

  close(): void {
    this.dialog.value = null;
  }

  /** The next height of the phone's sheet; after the highest the lowest. */
  turnSheet(): void {
    const at = SHEET.indexOf(this.sheet.peek());
    this.sheet.value = SHEET[(at + 1) % SHEET.length] ?? 'peek';
  }
}

function watch(query: string): Signal<boolean> {
  const list = matchMedia(query);
  const value = signal(list.matches);
  list.addEventListener('change', () => {
    value.value = list.matches;
  });
  return value;
}
