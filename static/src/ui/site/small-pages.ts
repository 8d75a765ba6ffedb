import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import { phrase, t, type PlainKey } from '../../i18n/catalogue';
import { icon } from '../icons';
import { LightElement } from '../light-element';
import './nav';

const MAY: Readonly<Record<string, PlainKey>> = {
  editor: 'invite.editor', commenter: 'invite.commenter', viewer: 'invite.viewer',
};

/** The words of a share link's page; it stands inside the form that the server wrote. */
@customElement('antiphon-invite')
export class Invite extends LightElement {
  @property() score = '';
  @property() may = '';

  protected override render(): TemplateResult {
    const may = MAY[this.may];
    return html`<div class="small-page"><h1>${this.score}</h1>
      <p>${may === undefined ? nothing : t(may)}</p>
      <button type="submit" class="primary big">${icon('people')}${t('invite.open')}</button>
      <p class="free">${t('invite.free')}</p></div>`;
  }
}

/** What went wrong with a page, and where to go from here. */
@customElement('antiphon-problem')
export class Problem extends LightElement {
  /** A stable code, as in errors of the API. */
  @property() code = '';

  protected override render(): TemplateResult {
    return html`<div class="small-page"><h1>${t('problem.heading')}</h1>
      <p>${phrase(`problem.${this.code}`, {}, t('problem.unknown'))}</p>
      <p class="ways"><a class="primary" href="/scores/">${t('page.myScores')}</a>
      <a class="secondary" href="/">${t('page.home')}</a></p></div>`;
  }
}
