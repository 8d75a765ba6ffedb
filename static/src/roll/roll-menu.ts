/** The menu of the right button and of a long press. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';

import { rollMenuStyles } from './roll-styles';

export interface RollMenuItem {
  readonly label: string;
  readonly key?: string;
  readonly disabled?: boolean;
  readonly run: () => void;
}

/** `null` is a line between two groups. */
export type RollMenuItems = readonly (RollMenuItem | null)[];

export class RollMenu extends LitElement {
  static override readonly styles = rollMenuStyles;
  static override readonly properties = {
    items: { attribute: false },
    label: { attribute: false },
  };

  declare items: RollMenuItems;
  declare label: string;

  constructor() {
    super();
    this.items = [];
    this.label = '';
    this.popover = 'auto';
    this.addEventListener('keydown', this.onKey);
    this.addEventListener('contextmenu', (event) => { event.preventDefault(); });
  }

  /** Opens at a place of the window, inside it. */
  async openAt(x: number, y: number): Promise<void> {
    await this.updateComplete;
    this.showPopover();
    const { width, height } = this.getBoundingClientRect();
    this.style.left = `${Math.max(4, Math.min(x, window.innerWidth - width - 4))}px`;
    this.style.top = `${Math.max(4, Math.min(y, window.innerHeight - height - 4))}px`;
    this.buttons[0]?.focus();
  }

  private get buttons(): HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLButtonElement>('button:not([disabled])')];
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const { buttons } = this;
    const focused = this.shadowRoot?.activeElement;
    const at = buttons.findIndex((button) => button === focused);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      buttons[(at + step + buttons.length) % buttons.length]?.focus();
    } else if (event.key === 'Tab') {
      event.preventDefault();
      this.hidePopover();
    }
  };

  private choose(item: RollMenuItem): void {
    this.hidePopover();
    item.run();
  }

  override render(): TemplateResult {
    return html`<div role="menu" aria-label=${this.label}>
      ${this.items.map((item) => (item === null
        ? html`<hr>`
        : html`<button type="button" role="menuitem" tabindex="-1"
            ?disabled=${item.disabled ?? false}
            @click=${() => { this.choose(item); }}>
            <span>${item.label}</span>
            ${item.key === undefined ? nothing : html`<kbd>${item.key}</kbd>`}
          </button>`))}
    </div>`;
  }
}

customElements.define('antiphon-roll-menu', RollMenu);

declare global {
  interface HTMLElementTagNameMap {
    'antiphon-roll-menu': RollMenu;
  }
}
