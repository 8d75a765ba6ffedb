import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import type { CandidateState, SuggestionState } from '../../ai/suggestion-state';
import { t } from '../../i18n/catalogue';
import { initial } from '../bar/avatars';
import type { Desk } from '../desk';
import type { Heard, VoiceName } from '../hearing';
import { icon } from '../icons';
import { LightElement } from '../light-element';
import { accept, closeForMe, dismiss, toggleVote } from './decisions';
import './mini-roll';
import { character, isPartlyKept, isUndecided, progress } from './words';

const VOICES: readonly VoiceName[] = ['plain', 'singer'];

/** One candidate: letter, character, progress, votes, mini roll, Hear, Accept. */
@customElement('antiphon-card')
export class Card extends LightElement {
  @property({ attribute: false }) desk!: Desk;
  @property({ attribute: false }) of!: SuggestionState;
  @property({ attribute: false }) candidate!: CandidateState;

  protected override render(): TemplateResult {
    const { desk, of, candidate } = this;
    const current = desk.suggestions.current.value;
    const isCurrent = current?.suggestion === of.id && current.candidate === candidate.index;
    const open = isUndecided(candidate);
    const heard = this.heard();
    const region = of.region;
    const meter = desk.score.view.meter;
    this.className = `card ${isCurrent ? 'current' : ''} ${open ? '' : 'settled'}`;
    this.dataset.candidate = candidate.letter;
    this.dataset.state = this.stateName(heard);
    const playing = heard !== null && !heard.waiting;
    const played = playing
      ? (desk.position.value - region.start) / (region.end - region.start) : null;
    return html`<section tabindex="0" aria-label=${t('card.label', {
      letter: candidate.letter, progress: progress(meter, of, candidate),
    })} aria-current=${isCurrent ? 'true' : 'false'} @focus=${this.makeCurrent}
      @click=${this.makeCurrent} @keydown=${this.keyed}>
      <header><span class="letter ${isCurrent ? '' : 'open'}">${candidate.letter}</span>
        <h3>${character(of, candidate)}</h3>
        <span class="dim">${progress(meter, of, candidate)}</span>
        <span class="grow"></span>${this.votes()}${open ? this.voteButton() : nothing}</header>
      <antiphon-mini-roll .candidate=${candidate} .region=${region} .meter=${meter}
        .filled=${isCurrent} .arriving=${of.status === 'arriving' && !candidate.done}
        .played=${played}></antiphon-mini-roll>
      ${open ? this.actions(heard, isCurrent) : nothing}
      ${this.facts()}
    </section>`;
  }

  private actions(heard: Heard | null, isCurrent: boolean): TemplateResult {
    const { desk, of, candidate } = this;
    const some = candidate.notes.length > 0;
    const decides = desk.canEdit.value && !desk.template.value;
    return html`<footer>
      <button type="button" class="hear" ?disabled=${!some} aria-busy=${
        heard?.waiting === true ? 'true' : nothing} @click=${this.hear}>
        ${icon(heard === null ? 'play' : 'stop')}${
          heard === null ? t('card.hear') : t('card.stop')}</button>
      <span class="voices" role="group" aria-label=${t('voice.voice')}>
        ${VOICES.map((voice) => html`<button type="button"
          aria-pressed=${String(desk.hearing.voice.value === voice)}
          @click=${() => { desk.hearing.speakWith(voice); }}>${t(`voice.${voice}`)}</button>`)}
      </span>
      <button type="button" class="accept ${isCurrent ? '' : 'quiet'}"
        ?disabled=${!some || !decides} @click=${() => { accept(desk, of, candidate); }}>
        ${this.acceptWords()}${
          isCurrent && !this.isPicked() ? html`<kbd>↵</kbd>` : nothing}</button>
    </footer>`;
  }

  /** "Accept", or how many picked notes it would take. */
  private acceptWords(): string {
    const ghosts = this.desk.editing.ghostSelection.value;
    return ghosts !== null && this.isPicked()
      ? t('card.acceptSome', { n: ghosts.ids.size }) : t('card.accept');
  }

  /** Whether some of its ghosts are picked out on the roll. */
  private isPicked(): boolean {
    const ghosts = this.desk.editing.ghostSelection.value;
    return ghosts?.suggestion === this.of.id && ghosts.candidate === this.candidate.index;
  }

  private voteButton(): TemplateResult | typeof nothing {
    const { desk, of, candidate } = this;
    const role = desk.provider.role.value;
    if (role === null || role === 'viewer') return nothing;
    const mine = this.mine();
    const label = mine ? t('card.unvote') : t('card.vote');
    return html`<button type="button" class="b vote" aria-pressed=${String(mine)}
      aria-label=${`${label} ${candidate.letter}`} data-tip=${label}
      @click=${() => { toggleVote(desk, of, candidate, mine); }}>${icon('vote', 'small')}</button>`;
  }

  private votes(): TemplateResult | typeof nothing {
    const { desk, candidate } = this;
    const people = new Map(desk.presence.peers.value.map(({ user }) => [user.key, user]));
    const me = desk.provider.me.value;
    if (me !== null) people.set(me.key, me);
    const votes = candidate.votes.filter((vote) => vote.value > 0);
    if (votes.length === 0) return nothing;
    return html`<span class="votes" aria-label=${t('card.votes', { n: votes.length })}>
      ${votes.map(({ key }) => {
        const person = people.get(key);
        return html`<em class="slot-${person?.color ?? 11}">${
          initial(person?.name ?? '?')}</em>`;
      })}</span>`;
  }

  /** Engine, first note, seed: only what is known. */
  private facts(): TemplateResult {
    const { of, candidate } = this;
    const first = candidate.stats.first_note_ms;
    return html`<p class="facts"><b>${of.engine}</b>
      ${first === undefined ? nothing
        : html`<span>${t('card.firstNote')} <b>${Math.round(first)} ms</b></span>`}
      <span>${t('card.seed')} <b>${of.seed}</b></span></p>`;
  }

  private heard(): Heard | null {
    const heard = this.desk.hearing.heard.value;
    const same = heard?.suggestion === this.of.id && heard.candidate === this.candidate.index;
    return same ? heard : null;
  }

  private stateName(heard: Heard | null): string {
    const { of, candidate } = this;
    if (candidate.verdict !== null && !isPartlyKept(candidate)) {
      return candidate.verdict;
    }
    if (heard !== null) return 'playing';
    if (of.status === 'failed') return 'failed';
    if (of.status === 'cancelled') return 'stopped';
    if (candidate.done) return 'ready';
    return candidate.notes.length > 0 ? 'arriving' : 'waiting';
  }

  private mine(): boolean {
    const me = this.desk.provider.me.value?.key;
    return this.candidate.votes.some((vote) => vote.key === me && vote.value > 0);
  }

  private readonly hear = (event: Event): void => {
    event.stopPropagation();
    const heard = this.heard();
    this.makeCurrent();
    if (heard !== null) this.desk.hearing.stop();
    else this.desk.hearing.hear(this.of.id, this.candidate.index);
  };

  private readonly makeCurrent = (): void => {
    const next = { suggestion: this.of.id, candidate: this.candidate.index };
    const now = this.desk.suggestions.current.peek();
    if (now?.suggestion === next.suggestion && now.candidate === next.candidate) return;
    this.desk.suggestions.current.value = next;
  };

  /** Tab, Enter and Esc act on candidates while the card itself has the focus. */
  private readonly keyed = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return;
    const { desk, of, candidate } = this;
    if (event.key === 'Tab' && of.candidates.length > 1) {
      const before = desk.suggestions.current.peek();
      desk.suggestions.next(event.shiftKey ? -1 : 1);
      // Nowhere to go, as among the cards of a failed request: Tab moves the focus as everywhere.
      if (desk.suggestions.current.peek() === before) return;
      this.focusCurrent();
    } else if (event.key === 'Enter') accept(desk, of, candidate);
    else if (event.key === 'Escape') closeForMe(desk, of);
    else if (event.key === 'ArrowDown') this.querySelector<HTMLElement>('footer button')?.focus();
    else if (event.key === 'Delete') dismiss(desk, of, candidate);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private focusCurrent(): void {
    requestAnimationFrame(() => {
      document.querySelector<HTMLElement>('antiphon-card.current section')?.focus();
    });
  }
}
