import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';

import { t } from '../../i18n/catalogue';
import type { Track } from '../../music/notes';
import { icon } from '../icons';
import { LightElement } from '../light-element';
import { placeBeside } from '../popup';
import { instrumentFamilies, nameOfInstrument, type InstrumentChoice } from './instrument';

/** A button with the instrument's name; opens the list with its search. Fires `choose`. */
@customElement('antiphon-instrument-picker')
export class InstrumentPicker extends LightElement {
  @property({ attribute: false }) track!: Track;
  @property({ attribute: false }) disabled = false;
  @state() private sought = '';
  @state() private opened = false;
  @query('.instrument') private readonly button!: HTMLButtonElement;
  @query('[popover]') private readonly popup!: HTMLElement;
  @query('input') private readonly input!: HTMLInputElement | null;

  protected override render(): TemplateResult {
    const name = nameOfInstrument(this.track);
    return html`
      <button type="button" class="instrument" ?disabled=${this.disabled} aria-haspopup="dialog"
        aria-label=${t('tracks.instrumentOf', { name, track: this.track.name })}
        data-tip=${t('tracks.instrument')}
        @click=${() => { this.popup.togglePopover(); }}>${name}</button>
      <div popover class="popup instruments" role="dialog" aria-label=${t('tracks.instrument')}
        @toggle=${this.toggled} @keydown=${this.move}>
        ${this.opened ? this.list() : nothing}
      </div>`;
  }

  private list(): TemplateResult {
    const words = this.sought.toLowerCase().split(/\s+/).filter((word) => word !== '');
    const fits = (choice: InstrumentChoice): boolean =>
      words.every((word) => choice.found.includes(word));
    const families = instrumentFamilies()
      .map((family) => ({ ...family, choices: family.choices.filter(fits) }))
      .filter((family) => family.choices.length > 0);
    return html`
      <label class="search">${icon('find', 'small')}<input type="search" .value=${this.sought}
        placeholder=${t('tracks.findInstrument')} aria-label=${t('tracks.findInstrument')}
        @input=${() => { this.sought = this.input?.value ?? ''; }} /></label>
      <div class="families">
        ${families.map((family) => html`
          <div role="group" aria-label=${family.name}><h4>${family.name}</h4>
            ${family.choices.map((choice) => this.choice(choice))}</div>`)}
        ${families.length === 0 ? html`<p class="none">${t('tracks.noInstrument')}</p>` : nothing}
      </div>`;
  }

  private choice(choice: InstrumentChoice): TemplateResult {
    const chosen = choice.kind === this.track.kind && choice.program === this.track.program;
    return html`<button type="button" class="item" tabindex="-1" aria-pressed=${String(chosen)}
      @click=${() => { this.choose(choice); }}>
      <span class="tick">${chosen ? icon('check', 'small') : nothing}</span>${choice.name}
    </button>`;
  }

  private readonly toggled = (event: ToggleEvent): void => {
    this.opened = event.newState === 'open';
    if (!this.opened) return;
    this.sought = '';
    void this.updateComplete.then(() => {
      placeBeside(this.popup, this.button);
      this.input?.focus();
      this.popup.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: 'center' });
    });
  };

  private readonly move = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const items = [...this.popup.querySelectorAll<HTMLElement>('.item')];
    const at = items.findIndex((item) => item === document.activeElement);
    if (event.key === 'ArrowDown') items[Math.min(items.length - 1, at + 1)]?.focus();
    else if (event.key === 'ArrowUp') (at <= 0 ? this.input : items[at - 1])?.focus();
    else if (event.key === 'Enter' && at < 0) items[0]?.click();
    else return;
    event.preventDefault();
  };

  private choose(choice: InstrumentChoice): void {
    this.popup.hidePopover();
    this.button.focus();
    this.dispatchEvent(new CustomEvent('choose', { detail: choice }));
  }
}
