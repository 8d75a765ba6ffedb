import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';

import { t } from '../../i18n/catalogue';
import { icon } from '../icons';
import { LightElement } from '../light-element';
import { Notices } from '../notices';
import { scores, type ScoreSummary } from '../scores-api';
import '../toasts';
import './art';
import './nav';
import { openDrops, openFile, openNew } from './open';
import './score-card';

const RECENT = 4;

/** What Antiphon is, the way into the demo, a place to drop a file, and one's last scores. */
@customElement('antiphon-landing')
export class LandingPage extends LightElement {
  /** The id of the demo score. */
  @property() demo = '';
  @state() private recent: readonly ScoreSummary[] = [];
  @query('input[type="file"]') private readonly file!: HTMLInputElement;
  private readonly notices = new Notices();
  private unbind: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.unbind = openDrops(this.notices);
    scores.list().then(
      (list) => { this.recent = list.slice(0, RECENT); },
      () => { this.recent = []; }, // the list is an extra: "My scores" says what is wrong
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unbind?.();
  }

  protected override render(): TemplateResult {
    const address = `/scores/${this.demo}/`;
    return html`<div class="wrap land"><antiphon-nav></antiphon-nav>
      <main>
        <div class="hero"><h1>${t('landing.call')}<br /><i>${t('landing.answer')}</i></h1>
          <p>${t('landing.what')}</p>
          <div class="cta"><a class="primary call big" href=${address}>${icon('play')}${
            t('landing.demo')}</a>
            <button type="button" class="secondary big" @click=${() => {
              void openNew(this.notices);
            }}>${t('landing.empty')}</button>
            <button type="button" class="secondary big" @click=${() => { this.file.click(); }}>
              ${icon('import')}${t('landing.file')}</button>
            <input class="visually-hidden" type="file" accept=".mid,.midi,.kar,audio/midi"
              tabindex="-1" aria-hidden="true" @change=${this.chosen} /></div>
          <p class="free">${t('landing.free')}</p></div>
        <a class="frame" href=${address} aria-label=${t('landing.demo')}>
          <antiphon-art kind="hero"></antiphon-art></a>
        ${this.recent.length === 0 ? nothing : html`<section class="recent">
          <h2>${t('landing.recent')}</h2><div class="grid">${this.recent.map((score) => html`
            <antiphon-score-card .score=${score}></antiphon-score-card>`)}</div></section>`}
        <div class="three">
          ${this.reason('together', t('landing.together'), t('landing.togetherHow'))}
          ${this.reason('answers', t('landing.answers'), t('landing.answersHow'))}
          ${this.reason('voices', t('landing.voices'), t('landing.voicesHow'))}
        </div>
      </main></div>
      <antiphon-toast .notices=${this.notices}></antiphon-toast>`;
  }

  private reason(kind: string, title: string, text: string): TemplateResult {
    return html`<section><antiphon-art kind=${kind}></antiphon-art><h2>${title}</h2>
      <p>${text}</p></section>`;
  }

  private readonly chosen = (): void => {
    const file = this.file.files?.[0];
    if (file !== undefined) void openFile(this.notices, file);
  };
}
