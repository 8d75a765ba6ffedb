import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import { t } from '../../i18n/catalogue';
import { ASKED_KINDS } from '../asking';
import type { Desk } from '../desk';
import { LightElement } from '../light-element';
import { picked, type Choice } from '../picker';
import { placeBeside } from '../popup';
import { bars, kindName } from './words';

const BARS_BEYOND = 16;

/** The request as a sentence whose words are pickers: "Continue in bars 5–8 on Lead". */
@customElement('antiphon-sentence')
export class Sentence extends LightElement {
  @property({ attribute: false }) desk!: Desk;

  protected override render(): TemplateResult {
    const { asking, score } = this.desk;
    const region = asking.region.value;
    if (region === null) return html`<p class="ask">${t('suggest.noTrack')}</p>`;
    const { meter } = score.view;
    const first = meter.barAt(region.start);
    const last = meter.barAt(region.end - 1);
    const tracks = asking.writable;
    const chosen = tracks.filter((track) => region.tracks.includes(track.id));
    const names = chosen.map((track) => track.name).join(', ');
    const slots: Readonly<Record<string, TemplateResult>> = {
      kind: html`<antiphon-picker .variant=${'word'} .label=${t('suggest.kind')}
        .choices=${ASKED_KINDS.map((kind) => ({ value: kind, label: kindName(kind) }))}
        .value=${asking.kind.value} @pick=${(event: Event) => {
          asking.kind.value = ASKED_KINDS.find((kind) => kind === picked(event)) ?? 'continue';
        }}></antiphon-picker>`,
      bars: html`<antiphon-bars .desk=${this.desk} .first=${first} .last=${last}></antiphon-bars>`,
      tracks: html`<antiphon-picker .variant=${'word'} .label=${t('suggest.tracks')}
        .choices=${tracks.map((track): Choice => ({ value: track.id, label: track.name }))}
        .values=${new Set(region.tracks)} .shown=${names} @pick=${(event: Event) => {
          this.toggleTrack(region.tracks, picked(event));
        }}></antiphon-picker>`,
    };
    // The catalogue puts the words in the order of its language: split at the slots.
    const parts = t('suggest.sentence', { kind: '\u0001kind\u0001', bars: '\u0001bars\u0001',
      tracks: '\u0001tracks\u0001' }).split('\u0001');
    return html`<p class="ask">${parts.map((part) => slots[part] ?? part)}</p>`;
  }

  private toggleTrack(chosen: readonly string[], id: string): void {
    const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
    if (next.length > 0) this.desk.asking.tracks.value = next;
  }
}

/** "bars 5–8": opens two small number fields. */
@customElement('antiphon-bars')
export class BarsPicker extends LightElement {
  @property({ attribute: false }) desk!: Desk;
  @property({ attribute: false }) first = 0;
  @property({ attribute: false }) last = 0;

  protected override render(): TemplateResult {
    return html`<button type="button" class="pick word" aria-haspopup="dialog"
        aria-label=${`${t('suggest.bars')}: ${bars(this.first, this.last)}`}
        data-tip=${t('suggest.barsTip')} @click=${this.open}><b>${
          bars(this.first, this.last)}</b></button>
      <div popover class="popup bars" role="dialog" aria-label=${t('suggest.bars')}
        @keydown=${(event: KeyboardEvent) => { event.stopPropagation(); }}>
        ${this.number(t('suggest.from'), this.first, (first) => {
          this.mark(first, Math.max(first, this.last));
        })}
        ${this.number(t('suggest.to'), this.last, (last) => {
          this.mark(Math.min(this.first, last), last);
        })}
      </div>`;
  }

  private number(label: string, bar: number, set: (bar: number) => void): TemplateResult {
    const { view } = this.desk.score;
    const most = view.meter.barAt(Math.max(0, view.end)) + BARS_BEYOND;
    return html`<label><span>${label}</span><input type="number" min="1" max=${most + 1}
      .value=${String(bar + 1)} @change=${(event: Event) => {
        const typed = Math.round(Number((event.currentTarget as HTMLInputElement).value));
        if (Number.isFinite(typed)) set(Math.min(most, Math.max(0, typed - 1)));
      }} /></label>`;
  }

  private mark(first: number, last: number): void {
    this.desk.asking.markBars(first, last);
  }

  private readonly open = (event: Event): void => {
    const button = event.currentTarget as HTMLElement;
    const popup = button.nextElementSibling as HTMLElement;
    popup.togglePopover();
    placeBeside(popup, button);
  };
}
