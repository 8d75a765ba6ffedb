import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import { t } from '../i18n/catalogue';
import { spell } from '../i18n/spelling';
import type { Desk } from './desk';
import { LightElement } from './light-element';

/** The line at the foot: what is under the pointer, what is selected, keys that work now. */
@customElement('antiphon-status')
export class StatusBar extends LightElement {
  @property({ attribute: false }) desk!: Desk;

  protected override render(): TemplateResult {
    const { desk } = this;
    const { editing, suggestions, provider } = desk;
    const selected = editing.selection.value.size;
    const candidates = suggestions.current.value !== null;
    return html`
      <b>${editing.status.value}</b>
      ${selected === 0 ? nothing : html`<span>${t('status.selected', { n: selected })}</span>`}
      <span class="grow"></span>
      ${candidates ? html`
        <span class="hint"><kbd>Tab</kbd>${t('status.next')}</span>
        <span class="hint"><kbd>Enter</kbd>${t('status.accept')}</span>` : nothing}
      <span class="hint"><kbd>${spell('Space')}</kbd>${t('status.play')}</span>
      <span class="hint"><kbd>?</kbd>${t('status.keys')}</span>
      <span class="grow"></span>
      <span class="connection"><i class="dot ${provider.status.value}"></i>${
        this.connection()}</span>
      <span class="visually-hidden" role="status">${editing.spoken.value}</span>`;
  }

  private connection(): string {
    const { provider, presence, template } = this.desk;
    if (template.value) return t('status.template');
    if (provider.status.value === 'online') {
      return presence.peers.value.length > 0 ? t('status.everyone') : t('status.online');
    }
    return provider.status.value === 'connecting' ? t('status.connecting') : t('status.offline');
  }
}
