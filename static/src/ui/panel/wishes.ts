import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import { t, type PlainKey } from '../../i18n/catalogue';
import { WISHES, type WishName } from '../asking';
import type { Desk } from '../desk';
import { LightElement } from '../light-element';
import './wish-slider';

interface Range {
  readonly labelKey: PlainKey;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  readonly words: (value: number) => string;
}

const RANGES: Readonly<Record<WishName, Range>> = {
  tempo: {
    labelKey: 'wish.tempo', least: 40, most: 220, step: 1,
    words: (value) => t('wish.bpm', { n: value }),
  },
  density: {
    labelKey: 'wish.density', least: 0.5, most: 4, step: 0.25,
    words: (value) => t('wish.perBeat', { n: value }),
  },
  temperature: {
    labelKey: 'wish.temperature', least: 0.5, most: 1.5, step: 0.05,
    words: (value) => value.toFixed(2),
  },
};

/** The wishes that the engine understands; each may be left open. */
@customElement('antiphon-wishes')
export class WishList extends LightElement {
  @property({ attribute: false }) desk!: Desk;

  protected override render(): TemplateResult {
    const { asking } = this.desk;
    const values = asking.wishes.value;
    return html`${WISHES.map((name) => {
      const range = RANGES[name];
      return html`<antiphon-wish .label=${t(range.labelKey)} .value=${values[name]}
        .least=${range.least} .most=${range.most} .step=${range.step} .words=${range.words}
        data-wish=${name} @wish=${(event: CustomEvent<number | null>) => {
          asking.wish(name, event.detail);
        }}></antiphon-wish>`;
    })}`;
  }
}
