/** Dialogs come when they are first asked for: they are no part of the editor's first script. */
import { html, type TemplateResult } from 'lit';

import type { Desk } from '../desk';
import type { DialogName } from '../layout';

interface Loader {
  readonly load: () => Promise<unknown>;
  readonly show: (desk: Desk) => TemplateResult;
}

export const DIALOGS: Readonly<Record<DialogName, Loader>> = {
  share: {
    load: () => import('./share-dialog'),
    show: (desk) => html`<antiphon-share-dialog .desk=${desk}></antiphon-share-dialog>`,
  },
  shortcuts: {
    load: () => import('./shortcut-sheet'),
    show: (desk) => html`<antiphon-shortcut-sheet .desk=${desk}></antiphon-shortcut-sheet>`,
  },
  export: {
    load: () => import('./export-dialog'),
    show: (desk) => html`<antiphon-export-dialog .desk=${desk}></antiphon-export-dialog>`,
  },
  import: {
    load: () => import('./import-dialog'),
    show: (desk) => html`<antiphon-import-dialog .desk=${desk}></antiphon-import-dialog>`,
  },
  room: {
    load: () => import('./room-dialog'),
    show: (desk) => html`<antiphon-room-dialog .desk=${desk}></antiphon-room-dialog>`,
  },
};
