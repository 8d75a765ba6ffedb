import { html, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';

import { t } from '../i18n/catalogue';
import type { Desk } from './desk';
import { icon } from './icons';
import { LightElement } from './light-element';

/** The frame of our dialogs: title, close, Esc; the browser's own modal keeps the focus inside. */
export abstract class DeskDialog extends LightElement {
  @property({ attribute: false }) desk!: Desk;
  @query('dialog') private readonly frame!: HTMLDialogElement | null;

  protected abstract heading(): string;
  protected abstract body(): TemplateResult;

  protected override render(): TemplateResult {
    const heading = this.heading();
    return html`<dialog aria-label=${heading} @close=${this.closed} @click=${this.outside}>
      <header><h2>${heading}</h2><span class="grow"></span>
        <button type="button" class="b" aria-label=${t('common.close')}
          @click=${() => { this.close(); }}>${icon('close')}</button></header>
      ${this.body()}</dialog>`;
  }

  protected override firstUpdated(): void {
    if (this.frame !== null && !this.frame.open) this.frame.showModal();
  }

  protected close(): void {
    this.frame?.close();
  }

  private readonly closed = (): void => {
    this.desk.layout.close();
  };

  private readonly outside = (event: MouseEvent): void => {
    if (event.target === this.frame) this.close();
  };
}
