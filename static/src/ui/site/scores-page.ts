import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { customElement, query, state } from 'lit/decorators.js';

import { t, type PlainKey } from '../../i18n/catalogue';
import { icon } from '../icons';
import { LightElement } from '../light-element';
import type { MenuItem } from '../menu';
import { Notices } from '../notices';
import { picked } from '../picker';
import { problemText } from '../problems';
import { scores, type ScoreSummary } from '../scores-api';
import '../toasts';
import './nav';
import { openDrops, openFile, openNew } from './open';
import './score-card';

type Shelf = 'all' | 'shared' | 'trash';
type Order = 'edited' | 'title' | 'length';
const SHELVES: Readonly<Record<Shelf, PlainKey>> = {
  all: 'scores.all', shared: 'scores.shared', trash: 'scores.trash',
};
const ORDERS: Readonly<Record<Order, PlainKey>> = {
  edited: 'scores.byEdited', title: 'scores.byTitle', length: 'scores.byLength',
};

/** My scores: search, sort, duplicate, trash and restore, import. */
@customElement('antiphon-scores')
export class ScoresPage extends LightElement {
  @state() private list: readonly ScoreSummary[] | null = null;
  @state() private shelf: Shelf = 'all';
  @state() private order: Order = 'edited';
  @state() private sought = '';
  @state() private problem = '';
  @query('input[type="file"]') private readonly file!: HTMLInputElement;
  private readonly notices = new Notices();
  private unbind: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.unbind = openDrops(this.notices);
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unbind?.();
  }

  protected override render(): TemplateResult {
    return html`<div class="wrap"><antiphon-nav here="scores"></antiphon-nav>
      <main>
      <div class="shelf-bar"><h1>${t('page.myScores')}</h1>
        <div class="shelves" role="group" aria-label=${t('scores.shelves')}>
          ${(Object.keys(SHELVES) as Shelf[]).map((shelf) => html`<button type="button"
            aria-pressed=${String(this.shelf === shelf)}
            @click=${() => { this.turnTo(shelf); }}>${t(SHELVES[shelf])}</button>`)}
        </div><span class="grow"></span>
        <label class="find">${icon('find', 'small')}<input type="search" .value=${this.sought}
          placeholder=${t('scores.find')} aria-label=${t('scores.find')}
          @input=${(event: Event) => {
            this.sought = (event.currentTarget as HTMLInputElement).value;
          }} /></label>
        <antiphon-picker .label=${t('scores.sort')} .value=${this.order}
          .choices=${(Object.keys(ORDERS) as Order[]).map((value) => ({
            value, label: t(ORDERS[value]) }))}
          @pick=${(event: Event) => { this.order = picked(event) as Order; }}></antiphon-picker>
        <button type="button" class="secondary" @click=${() => { this.file.click(); }}>
          ${icon('import', 'small')}${t('scores.import')}</button>
        <button type="button" class="primary" @click=${() => { void openNew(this.notices); }}>
          ${icon('plus', 'small')}${t('page.newScore')}</button>
        <input class="visually-hidden" type="file" accept=".mid,.midi,.kar,audio/midi"
          tabindex="-1" aria-hidden="true" @change=${this.chosen} /></div>
      ${this.problem === '' ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
      ${this.grid()}</main></div>
      <antiphon-toast .notices=${this.notices}></antiphon-toast>`;
  }

  private grid(): TemplateResult | typeof nothing {
    if (this.list === null) return nothing;
    const shown = this.shown(this.list);
    return html`<div class="grid">
      ${repeat(shown, (score) => score.id, (score) => html`<antiphon-score-card .score=${score}
        .gone=${this.shelf === 'trash'} .items=${this.items(score)}></antiphon-score-card>`)}
      ${shown.length === 0 && (this.sought !== '' || this.shelf !== 'all')
        ? html`<p class="none">${this.sought === '' ? t('scores.shelfEmpty') : t('scores.noMatch')}</p>`
        : nothing}
      ${this.shelf === 'all' && this.sought === '' ? html`<button type="button" class="score new"
        @click=${() => { this.file.click(); }}>${icon('import', 'large')}<b>${t('scores.drop')}</b>
        <span>${t('scores.dropKinds')}</span></button>` : nothing}
    </div>`;
  }

  private shown(list: readonly ScoreSummary[]): ScoreSummary[] {
    const words = this.sought.toLowerCase();
    const found = list.filter((score) => score.title.toLowerCase().includes(words))
      .filter((score) => this.shelf !== 'shared' || score.role !== 'owner');
    if (this.order === 'title') return found.sort((a, b) => a.title.localeCompare(b.title));
    if (this.order === 'length') return found.sort((a, b) => b.seconds - a.seconds);
    return found.sort((a, b) => b.updated.localeCompare(a.updated));
  }

  private items(score: ScoreSummary): MenuItem[] {
    if (this.shelf === 'trash') {
      return [{ label: t('scores.restore'), icon: 'undo', run: () => { this.restore(score); } }];
    }
    const own: MenuItem[] = score.role !== 'owner' ? []
      : [{ label: t('scores.toTrash'), icon: 'trash', run: () => { this.discard(score); } }];
    return [
      { label: t('page.duplicate'), icon: 'copy', run: () => { this.duplicate(score); } },
      {
        label: t('export.midi'), icon: 'export',
        run: () => { location.assign(scores.midiAddress(score.id)); },
      },
      ...own,
    ];
  }

  private turnTo(shelf: Shelf): void {
    const trash = shelf === 'trash' || this.shelf === 'trash';
    this.shelf = shelf;
    if (trash) void this.load();
  }

  private async load(): Promise<void> {
    const shelf = this.shelf;
    try {
      const list = await (shelf === 'trash' ? scores.trash() : scores.list());
      if (this.shelf === shelf) this.list = list;
      this.problem = '';
    } catch (error) {
      this.problem = problemText(error);
    }
  }

  private readonly chosen = (): void => {
    const file = this.file.files?.[0];
    if (file !== undefined) void openFile(this.notices, file);
  };

  private duplicate(score: ScoreSummary): void {
    this.doing(() => scores.duplicate(score.id), t('scores.duplicated', { title: score.title }));
  }

  private discard(score: ScoreSummary): void {
    this.doing(() => scores.remove(score.id), t('scores.trashed', { title: score.title }), {
      label: t('common.undo'), run: () => { this.restore(score); },
    });
  }

  private restore(score: ScoreSummary): void {
    this.doing(() => scores.restore(score.id), t('scores.restored', { title: score.title }));
  }

  private doing(
    work: () => Promise<unknown>, said: string, action?: { label: string; run: () => void },
  ): void {
    work().then(
      () => {
        this.notices.say(said, action);
        void this.load();
      },
      (error: unknown) => { this.notices.say(problemText(error)); },
    );
  }
}
