import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import { LightElement } from './light-element';
import type { Notices } from './notices';

/** One toast, low in the middle; hovering or focusing holds it. */
@customElement('antiphon-toast')
export class ToastElement extends LightElement {
  @property({ attribute: false }) notices!: Notices;

  protected override render(): TemplateResult {
    const { notices } = this;
    const toast = notices.toast.value;
    const { action } = toast ?? {};
    return html`<div class="toast-place" role="status" aria-live="polite">${
      toast === null ? nothing : html`<div class="toast"
        @pointerenter=${() => { notices.hold(); }} @pointerleave=${() => { notices.release(); }}
        @focusin=${() => { notices.hold(); }} @focusout=${() => { notices.release(); }}>
        <span>${toast.text}</span>${action === undefined ? nothing : html`<button type="button"
          @click=${() => { notices.clear(); action.run(); }}>${action.label}</button>`}
      </div>`}</div>`;
  }
}
