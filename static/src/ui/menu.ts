import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';

import { icon, type IconName } from './icons';
import { LightElement } from './light-element';
import { placeBeside, roveByKey } from './popup';

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  /** A key combination as it is written on this machine. */
  readonly key?: string;
  readonly checked?: boolean;
  readonly disabled?: boolean;
  /** Something that can't be taken back by undo is written in the colour of failure. */
  readonly grave?: boolean;
  readonly run: () => void;
}

/** A button that opens a menu of actions. */
@customElement('antiphon-menu')
export class Menu extends LightElement {
  @property({ attribute: false }) items: readonly (MenuItem | null)[] = [];
  @property({ attribute: false }) label = '';
  @property({ attribute: false }) icon: IconName = 'more';
  @property({ attribute: false }) text: string | null = null;
  @property({ attribute: false }) look = '';
  @query('button') private readonly button!: HTMLButtonElement;
  @query('[popover]') private readonly popup!: HTMLElement;

  protected override render(): TemplateResult {
    return html`
      <button type="button" class="b ${this.look}" aria-haspopup="menu" aria-label=${this.label}
        data-tip=${this.label} @click=${this.open} @keydown=${this.openByKey}>
        ${icon(this.icon)}${this.text ?? nothing}
      </button>
      <div popover class="popup" role="menu" aria-label=${this.label}
        @toggle=${this.toggled} @keydown=${this.move}>
        ${this.items.map((item) => (item === null ? html`<hr />` : this.item(item)))}
      </div>`;
  }

  private item(item: MenuItem): TemplateResult {
    const role = item.checked === undefined ? 'menuitem' : 'menuitemcheckbox';
    return html`<button type="button" class="item ${item.grave === true ? 'grave' : ''}"
      role=${role} tabindex="-1" ?disabled=${item.disabled === true}
      aria-checked=${item.checked === undefined ? nothing : String(item.checked)}
      @click=${() => { this.choose(item); }}>
      <span class="tick">${item.checked === true ? icon('check', 'small') : nothing}${
        item.icon === undefined ? nothing : icon(item.icon, 'small')}</span>
      <span>${item.label}</span>
      ${item.key === undefined ? nothing : html`<kbd>${item.key}</kbd>`}
    </button>`;
  }

  private get options(): HTMLElement[] {
    return [...this.popup.querySelectorAll<HTMLElement>('.item:not([disabled])')];
  }

  private readonly open = (): void => {
    this.popup.togglePopover();
  };

  private readonly openByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    this.popup.showPopover();
  };

  private readonly toggled = (event: ToggleEvent): void => {
    if (event.newState !== 'open') return;
    placeBeside(this.popup, this.button);
    this.options[0]?.focus();
  };

  private readonly move = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') this.popup.hidePopover();
    else roveByKey(event, this.options);
    event.stopPropagation();
  };

  private choose(item: MenuItem): void {
    this.popup.hidePopover();
    this.button.focus();
    item.run();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'antiphon-menu': Menu;
  }
}
