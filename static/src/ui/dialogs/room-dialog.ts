import type { TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';

import { t } from '../../i18n/catalogue';
import { DeskDialog } from '../dialog';
import { roomList } from '../room/room';

/** The room where there is no place for it beside the roll. */
@customElement('antiphon-room-dialog')
export class RoomDialog extends DeskDialog {
  protected override heading(): string {
    return t('room.room');
  }

  protected override body(): TemplateResult {
    return roomList(this.desk);
  }
}
