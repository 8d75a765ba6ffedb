import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { customElement, property } from 'lit/decorators.js';

import type { SuggestionState } from '../../ai/suggestion-state';
import { t } from '../../i18n/catalogue';
import { spell } from '../../i18n/spelling';
import { NO_WISHES } from '../asking';
import { commandOf } from '../commands/registry';
import type { Desk } from '../desk';
import { icon } from '../icons';
import { LightElement } from '../light-element';
import { spoken } from '../problems';
import './card';
import { dismiss, reopen } from './decisions';
import './sentence';
import './wishes';
import { barsOf, isUndecided, kindName } from './words';

/** The last requests that were settled stay in sight, so that they can be opened again. */
const SETTLED_SHOWN = 2;

/** Asking, and what comes back. */
@customElement('antiphon-panel')
export class SuggestPanel extends LightElement {
  @property({ attribute: false }) desk!: Desk;

  protected override render(): TemplateResult {
    const { desk } = this;
    const shown = desk.suggestions.list.value.filter((one) => !one.hidden).toReversed();
    // Of requests that came to nothing only the newest says why.
    const open = shown.filter(isOpen).filter((one, index) => index === 0 || !isBlank(one));
    this.toggleAttribute('data-open', open.length > 0);
    const settled = shown.filter((one) => !isOpen(one)).slice(0, SETTLED_SHOWN);
    return html`
      <button type="button" class="grip" aria-label=${t('suggest.sheet')}
        @click=${() => { desk.layout.turnSheet(); }}></button>
      <div class="head"><h2>${t('suggest.suggest')}</h2></div>
      <div class="body">
        ${desk.canEdit.value
          ? html`<antiphon-sentence .desk=${desk}></antiphon-sentence>`
          : html`<p class="ask">${t('suggest.listening')}</p>`}
        ${desk.template.value ? html`<p class="dim">${t('suggest.template')}</p>` : nothing}
        ${this.refusal()}
        ${open.length === 0 && desk.canEdit.value && !desk.template.value
          ? this.empty() : nothing}
        <div class="cards">${repeat(open, (one) => one.id, (one) => this.suggestion(one))}</div>
        ${settled.map((one) => this.settled(one))}
        ${desk.canEdit.value ? this.wishes() : nothing}
      </div>
      ${desk.canEdit.value ? this.foot(open) : nothing}`;
  }

  private suggestion(of: SuggestionState): TemplateResult {
    const { desk } = this;
    const me = desk.provider.me.value?.key;
    const meter = desk.score.view.meter;
    const what = `${kindName(of.kind)}, ${barsOf(meter, of.region.start, of.region.end)}`;
    return html`<div class="suggestion" data-suggestion=${of.id} data-status=${of.status}>
      ${of.by.key === me ? nothing : html`<p class="asked slot-${of.by.color}"><em></em>${
        t('suggest.asked', { name: of.by.name, what })}</p>`}
      ${this.line(of)}
      ${of.candidates.filter((one) => !isEnded(of) || one.notes.length > 0).map(
        (candidate) => html`<antiphon-card .desk=${desk} .of=${of}
        .candidate=${candidate}></antiphon-card>`)}
    </div>`;
  }

  /** What is going on, in words, while there is anything to say. */
  private line(of: SuggestionState): TemplateResult | typeof nothing {
    if (of.status === 'failed') {
      return html`<p class="state failed" role="alert">${icon('warn', 'small')}${
        spoken(of.error?.code ?? '', of.error?.text ?? '')}<button type="button" class="b"
          aria-label=${t('suggest.dismiss')} data-tip=${t('suggest.dismiss')}
          @click=${() => { this.desk.suggestions.hideForMe(of.id); }}>${
            icon('close', 'small')}</button></p>`;
    }
    if (of.status === 'cancelled') return html`<p class="state">${t('suggest.stopped')}</p>`;
    if (of.status !== 'waiting') return nothing;
    const words = of.queue > 0 ? t('suggest.queued', { n: of.queue }) : t('suggest.waking');
    return html`<p class="state waiting" role="status">${words}</p>`;
  }

  /** Why the last request was not taken. */
  private refusal(): TemplateResult | typeof nothing {
    const problem = this.desk.suggestions.problem.value;
    if (problem === null) return nothing;
    return html`<p class="state failed" role="alert">${icon('warn', 'small')}${
      spoken(problem.code, problem.text)}</p>`;
  }

  private settled(of: SuggestionState): TemplateResult {
    const { desk } = this;
    const meter = desk.score.view.meter;
    const where = barsOf(meter, of.region.start, of.region.end);
    const kept = of.candidates.find((candidate) => candidate.verdict === 'accepted');
    if (kept !== undefined) {
      // Undone since: nothing of it is in the score, so it can be decided again.
      const gone = desk.score.noteCount.value === 0
        || kept.notes.every(({ id }) => desk.score.view.note(id) === undefined);
      return gone
        ? this.reopenLine(of, t('suggest.undone', { letter: kept.letter, bars: where }))
        : html`<p class="settled-line">${icon('check', 'small')}${
          t('suggest.kept', { letter: kept.letter, bars: where })}</p>`;
    }
    return this.reopenLine(of, t('suggest.dismissed', { bars: where }));
  }

  private reopenLine(of: SuggestionState, words: string): TemplateResult {
    const written = of.candidates.some((candidate) => candidate.notes.length > 0);
    return html`<p class="settled-line">${words}${this.desk.canEdit.value && written
      ? html`<button type="button" class="link" @click=${() => {
          for (const candidate of of.candidates) reopen(this.desk, of, candidate);
        }}>${t('suggest.reopen')}</button>` : nothing}</p>`;
  }

  private empty(): TemplateResult {
    return html`<div class="empty">${icon('answer', 'large')}<span><b>${
      t('suggest.none')}</b>${t('suggest.how')}</span></div>`;
  }

  private wishes(): TemplateResult {
    const { asking } = this.desk;
    return html`<section class="wishes" aria-label=${t('wish.wishes')}>
      <div class="section"><h3>${t('wish.wishes')}</h3><span class="dim">${t('wish.optional')}</span>
        <span class="grow"></span><button type="button" class="b text"
          ?disabled=${Object.values(asking.wishes.value).every((wish) => wish === null)}
          @click=${() => { asking.wishes.value = NO_WISHES; }}>${t('wish.clear')}</button></div>
      <antiphon-wishes .desk=${this.desk}></antiphon-wishes></section>`;
  }

  private foot(open: readonly SuggestionState[]): TemplateResult {
    const { desk } = this;
    const me = desk.provider.me.value?.key;
    const running = open.find(
      (one) => one.by.key === me && (one.status === 'waiting' || one.status === 'arriving'),
    );
    const current = desk.suggestions.current.value?.suggestion;
    const shown = open.find((one) => one.id === current) ?? open[0];
    const command = commandOf('suggest.ask');
    const keys = command.keys[0];
    return html`<div class="foot">
      ${running === undefined
        ? html`<button type="button" class="ask-button ${open.length === 0 ? 'first' : ''}"
            ?disabled=${command.when?.(desk) === false
              || (!desk.suggestions.connected.value && !desk.template.value)}
            data-tip=${t('suggest.ask')} data-keys=${keys === undefined ? nothing : spell(keys)}
            @click=${() => { command.run(desk); }}>${icon(open.length > 0 ? 'again' : 'answer', 'small')}
            ${open.length > 0 ? t('suggest.again') : t('suggest.suggest')}</button>`
        : html`<button type="button" class="ask-button cancel" @click=${() => {
            desk.suggestions.cancel(running.id);
          }}>${icon('stop', 'small')}${t('suggest.cancel')}</button>`}
      ${shown === undefined || shown === running ? nothing
        : html`<button type="button" class="b text" @click=${() => {
            for (const candidate of shown.candidates) dismiss(desk, shown, candidate);
          }}>${t('suggest.dismiss')}</button>`}
    </div>`;
  }
}

/** It failed before its first note. */
function isBlank({ status, candidates }: SuggestionState): boolean {
  return status === 'failed' && candidates.every((one) => one.notes.length === 0);
}

/** No more notes come, and it did not get to its end. */
function isEnded({ status }: SuggestionState): boolean {
  return status === 'failed' || status === 'cancelled';
}

/** Still to be decided: running, or with a candidate that nobody has settled. */
export function isOpen(of: SuggestionState): boolean {
  if (of.status === 'waiting' || of.status === 'arriving') return true;
  if (isBlank(of)) return true;
  if (of.status === 'decided') return false;
  return of.candidates.some((one) => isUndecided(one) && one.notes.length > 0);
}
