import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import { LightElement } from './light-element';
import type { Notices } from './notices';

/** One toast, low in the middle; hovering or focusing holds it. */
@customElement('antiphon-toast')
export class ToastElement extends LightElement {
  @property({ attribute: false }) notices!: Notices;

  /** In the top layer, and the last one there: over a dialog that is open. */
  protected override updated(): void {
    const place = this.querySelector<HTMLElement>('.toast-place');
    if (place === null) return;
    if (place.matches(':popover-open')) place.hidePopover();
    if (this.notices.toast.value !== null) place.showPopover();
  }

  protected override render(): TemplateResult {
    const { notices } = this;
    const toast = notices.toast.value;
    const { action } = toast ?? {};
    return html`<div class="toast-place" popover="manual" role="status" aria-live="polite">${
      toast === null ? nothing : html`<div class="toast"
        @pointerenter=${() => { notices.hold(); }} @pointerleave=${() => { notices.release(); }}
        @focusin=${() => { notices.hold(); }} @focusout=${() => { notices.release(); }}>
        <span>${toast.text}</span>${action === undefined ? nothing : html`<button type="button"
          @click=${() => { notices.clear(); action.run(); }}>${action.label}</button>`}
      </div>`}</div>`;
  }
}
