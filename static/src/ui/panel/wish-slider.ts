import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import { t } from '../../i18n/catalogue';
import { LightElement } from '../light-element';

/**
 * A wish that may be left open. At rest the rail is dotted and the value "any"; touching it gives
 * a value; double-click, Delete or Backspace returns it to rest. Fires `wish`, null = any.
 */
@customElement('antiphon-wish')
export class WishSlider extends LightElement {
  @property({ attribute: false }) label = '';
  @property({ attribute: false }) value: number | null = null;
  @property({ attribute: false }) least = 0;
  @property({ attribute: false }) most = 1;
  @property({ attribute: false }) step = 0.1;
  /** How a value is said. */
  @property({ attribute: false }) words: (value: number) => string = String;

  protected override render(): TemplateResult {
    const middle = (this.least + this.most) / 2;
    const shown = this.value ?? middle;
    const share = ((shown - this.least) / (this.most - this.least)) * 100;
    const said = this.value === null ? t('common.any') : this.words(this.value);
    this.className = this.value === null ? 'wish rest' : 'wish';
    return html`<label><span>${this.label}</span>
      <input type="range" min=${this.least} max=${this.most} step=${this.step}
        .value=${String(shown)} .style=${`--share: ${share}%`} aria-valuetext=${said}
        @pointerdown=${this.touch} @input=${this.slide} @dblclick=${this.clear}
        @keydown=${this.keyed} />
      <output>${said}</output></label>`;
  }

  private readonly slide = (event: Event): void => {
    this.fire(Number((event.currentTarget as HTMLInputElement).value));
  };

  /** A press on the resting knob takes the middle, though the slider did not move. */
  private readonly touch = (event: Event): void => {
    const slider = event.currentTarget as HTMLInputElement;
    slider.addEventListener('pointerup', () => {
      if (this.value === null) this.fire(Number(slider.value));
    }, { once: true });
  };

  private readonly clear = (): void => {
    this.fire(null);
  };

  private readonly keyed = (event: KeyboardEvent): void => {
    if (event.key === 'Delete' || event.key === 'Backspace') this.fire(null);
  };

  private fire(value: number | null): void {
    this.value = value;
    this.dispatchEvent(new CustomEvent('wish', { detail: value }));
  }
}
