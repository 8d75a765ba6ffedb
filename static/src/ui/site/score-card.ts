import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import { t } from '../../i18n/catalogue';
import { initial } from '../bar/avatars';
import { LightElement } from '../light-element';
import type { MenuItem } from '../menu';
import '../menu';
import type { ScoreSummary } from '../scores-api';
import './thumbnail';
import { ago, lasting } from './times';

/** One score of a list: its thumbnail, title, when it was changed, and what can be done. */
@customElement('antiphon-score-card')
export class ScoreCardElement extends LightElement {
  @property({ attribute: false }) score!: ScoreSummary;
  @property({ attribute: false }) items: readonly MenuItem[] = [];
  /** In the trash: shown, but not opened. */
  @property({ attribute: false }) gone = false;

  protected override render(): TemplateResult {
    const { score } = this;
    const face = html`<antiphon-thumbnail .notes=${score.thumbnail}></antiphon-thumbnail>
      <span class="about"><h3>${score.title}</h3><span class="when">${ago(score.updated)} ·
        ${t('scores.notes', { n: score.notes })} · ${lasting(score.seconds)}</span></span>`;
    const { owner } = score;
    return html`<article class="score" data-score=${score.id}>
      ${this.gone ? html`<div class="open">${face}</div>`
        : html`<a class="open" href="/scores/${score.id}/">${face}</a>`}
      ${score.role === 'owner' || owner === null ? nothing
        : html`<em class="avatar slot-${owner.color}" data-tip=${t('scores.by', {
            name: owner.name })} role="img" aria-label=${t('scores.by', { name: owner.name })}>${
            initial(owner.name)}</em>`}
      ${this.items.length === 0 ? nothing : html`<antiphon-menu
        .label=${t('scores.actions', { title: score.title })} .items=${this.items}></antiphon-menu>`}
    </article>`;
  }
}
