import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import { t } from '../../i18n/catalogue';
import type { Desk, SaveState } from '../desk';
import { icon, type IconName } from '../icons';
import { LightElement } from '../light-element';

const ICONS: Readonly<Record<SaveState, IconName>> = {
  saved: 'check', saving: 'again', waiting: 'cloud', failed: 'warn',
};
/** A save that takes less needs no words. */
const PATIENCE_MS = 400;

/** Beside the title: saved means acknowledged by the server. */
@customElement('antiphon-save-state')
export class SaveStateElement extends LightElement {
  @property({ attribute: false }) desk!: Desk;
  private patient = true;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private last: SaveState = 'saved';

  protected override render(): TemplateResult {
    const { desk } = this;
    const now = desk.saved.value;
    this.follow(now);
    if (!desk.provider.synced.value && now === 'saved') {
      return html`<span class="saved"><span>${t('save.opening')}</span></span>`;
    }
    const shown = now === 'saving' && this.patient ? 'saved' : now;
    return html`<span class="saved ${shown}" role="status" data-tip=${this.words(shown)}>
      ${icon(ICONS[shown], 'small')}<span>${this.words(shown)}</span></span>`;
  }

  private words(shown: SaveState): string {
    if (shown === 'saved') return t('save.saved');
    if (shown === 'saving') return t('save.saving');
    if (shown === 'failed') return t('save.failed');
    return t('save.waiting', { n: this.desk.provider.unacked.value });
  }

  private follow(now: SaveState): void {
    if (now === this.last) return;
    this.last = now;
    clearTimeout(this.timer);
    this.patient = true;
    if (now !== 'saving') return;
    this.timer = setTimeout(() => {
      this.patient = false;
      this.requestUpdate();
    }, PATIENCE_MS);
  }
}
