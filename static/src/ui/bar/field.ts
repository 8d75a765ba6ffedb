import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';

import { LightElement } from '../light-element';

const PIXELS_PER_STEP = 3;
const CLICK_PIXELS = 3;

/**
 * A value in the display: hover underlines it, a click edits it, a drag up or down scrubs it, Esc
 * restores it. Fires `commit` with the typed text, `scrub` with whole steps and `scrubbed` once.
 */
@customElement('antiphon-field')
export class Field extends LightElement {
  @property({ attribute: false }) text = '';
  @property({ attribute: false }) label = '';
  /** The small line under the value; the label when empty. */
  @property({ attribute: false }) under = '';
  @property({ attribute: false }) editable = true;
  @property({ attribute: false }) scrubs = false;
  @state() private editing = false;
  /** What stood here when the editing began: the value may move on meanwhile. */
  private began = '';
  @query('input') private readonly input!: HTMLInputElement | null;
  private pressed: { y: number; moved: boolean } | null = null;

  protected override render(): TemplateResult {
    const under = this.under === '' ? this.label : this.under;
    if (this.editing) {
      return html`<input .value=${this.began} aria-label=${this.label} inputmode="decimal"
          autocomplete="off" spellcheck="false" size="8"
          @keydown=${this.keyed} @blur=${this.leave} /><small>${under}</small>`;
    }
    if (!this.editable) {
      return html`<b>${this.text}</b><small>${under}</small>`;
    }
    return html`<button type="button" aria-label=${`${this.label}: ${this.text}`}
      data-tip=${this.label} class=${this.scrubs ? 'scrubs' : nothing}
      @pointerdown=${this.press} @pointermove=${this.drag} @pointerup=${this.lift}
      @pointercancel=${this.lift} @click=${this.edit}><b>${this.text}</b></button>
      <small>${under}</small>`;
  }

  private readonly edit = (event: Event): void => {
    if (this.pressed?.moved === true) return;
    event.preventDefault();
    this.began = this.text;
    this.editing = true;
    void this.updateComplete.then(() => { this.input?.select(); });
  };

  private readonly press = (event: PointerEvent): void => {
    this.pressed = { y: event.clientY, moved: false };
    if (this.scrubs) (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
  };

  private readonly drag = (event: PointerEvent): void => {
    if (this.pressed === null || !this.scrubs || event.buttons === 0) return;
    const up = this.pressed.y - event.clientY;
    if (!this.pressed.moved && Math.abs(up) < CLICK_PIXELS) return;
    const steps = Math.trunc(up / PIXELS_PER_STEP);
    if (steps === 0) return;
    this.pressed = { y: event.clientY, moved: true };
    this.dispatchEvent(new CustomEvent('scrub', { detail: steps }));
  };

  private readonly lift = (): void => {
    if (this.pressed?.moved === true) this.dispatchEvent(new CustomEvent('scrubbed'));
    // The click that follows a drag must still see that it was one.
    setTimeout(() => { this.pressed = null; });
  };

  private readonly keyed = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    // The button that takes the focus must not be pressed by the same key.
    event.preventDefault();
    this.finish(event.key === 'Enter', true);
  };

  private readonly leave = (): void => {
    if (this.editing) this.finish(true, false);
  };

  /** `back`: the keyboard ended it, and stays here; a click has gone elsewhere. */
  private finish(keep: boolean, back: boolean): void {
    const typed = this.input?.value.trim() ?? '';
    this.editing = false;
    if (keep && typed !== '' && typed !== this.began) {
      this.dispatchEvent(new CustomEvent('commit', { detail: typed }));
    }
    if (back) void this.updateComplete.then(() => { this.querySelector('button')?.focus(); });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'antiphon-field': Field;
  }
}
