import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';

import { icon, type IconName } from './icons';
import { LightElement } from './light-element';
import { placeBeside, roveByKey } from './popup';

export interface Choice {
  readonly value: string;
  readonly label: string;
  /** A second, quieter word. */
  readonly hint?: string;
}

/** A word that is a picker: press it, choose another. Fires `pick` with the value as detail. */
@customElement('antiphon-picker')
export class Picker extends LightElement {
  @property({ attribute: false }) choices: readonly Choice[] = [];
  @property({ attribute: false }) value = '';
  /** Several values may be chosen; `pick` then toggles one. */
  @property({ attribute: false }) values: ReadonlySet<string> | null = null;
  /** What is chosen here, for screen readers and the tooltip. */
  @property({ attribute: false }) label = '';
  /** Shown instead of the chosen choice's label. */
  @property({ attribute: false }) shown: string | null = null;
  @property({ attribute: false }) icon: IconName | null = null;
  @property({ attribute: false }) variant: 'row' | 'word' | 'field' = 'row';
  @property({ attribute: false }) disabled = false;
  @query('button') private readonly button!: HTMLButtonElement;
  @query('[popover]') private readonly popup!: HTMLElement;

  protected override render(): TemplateResult {
    const chosen = this.choices.find((choice) => choice.value === this.value);
    const text = this.shown ?? chosen?.label ?? this.value;
    return html`
      <button type="button" class="pick ${this.variant}" ?disabled=${this.disabled}
        aria-haspopup="listbox" aria-label=${`${this.label}: ${text}`} data-tip=${this.label}
        @click=${this.open} @keydown=${this.openByKey}>
        ${this.icon === null ? nothing : icon(this.icon, 'small')}<b>${text}</b>
        ${this.variant === 'word' ? nothing : icon('down', 'small')}
      </button>
      <div popover class="popup" role="listbox" aria-label=${this.label}
        aria-multiselectable=${this.values === null ? 'false' : 'true'}
        @toggle=${this.toggled} @keydown=${this.move}>
        ${this.choices.map((choice) => this.option(choice))}
      </div>`;
  }

  private option(choice: Choice): TemplateResult {
    const chosen = this.values?.has(choice.value) ?? choice.value === this.value;
    return html`<div role="option" tabindex="-1" aria-selected=${String(chosen)}
      data-value=${choice.value} @click=${() => { this.choose(choice.value); }}>
      <span class="tick">${chosen ? icon('check', 'small') : nothing}</span>
      <span>${choice.label}</span>
      ${choice.hint === undefined ? nothing : html`<small>${choice.hint}</small>`}
    </div>`;
  }

  private get options(): HTMLElement[] {
    return [...this.popup.querySelectorAll<HTMLElement>('[role="option"]')];
  }

  private readonly open = (): void => {
    this.popup.togglePopover();
  };

  private readonly openByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    this.popup.showPopover();
  };

  private readonly toggled = (event: ToggleEvent): void => {
    if (event.newState !== 'open') return;
    placeBeside(this.popup, this.button);
    const chosen = this.options.find((option) => option.ariaSelected === 'true');
    (chosen ?? this.options[0])?.focus();
  };

  private readonly move = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      const value = (document.activeElement as HTMLElement | null)?.dataset.value;
      if (value !== undefined) this.choose(value);
    } else if (event.key === 'Tab') {
      this.popup.hidePopover();
    } else {
      roveByKey(event, this.options);
    }
    event.stopPropagation();
  };

  private choose(value: string): void {
    if (this.values === null) {
      this.popup.hidePopover();
      this.button.focus();
    }
    this.dispatchEvent(new CustomEvent('pick', { detail: value }));
  }
}

/** The value of a `pick` event. */
export function picked(event: Event): string {
  return String((event as CustomEvent<unknown>).detail);
}

declare global {
  interface HTMLElementTagNameMap {
    'antiphon-picker': Picker;
  }
}
