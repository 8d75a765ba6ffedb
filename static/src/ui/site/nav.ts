import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import { language, speak, t } from '../../i18n/catalogue';
import { iconButton } from '../button';
import { mark } from '../icons';
import { LightElement } from '../light-element';
import { theme, turnTheme } from '../theme';

/** The bar over every page but the editor. */
@customElement('antiphon-nav')
export class SiteNav extends LightElement {
  /** Which page this is, so that its own link says so. */
  @property() here = '';

  protected override render(): TemplateResult {
    const other = language.value === 'en' ? 'zh' : 'en';
    const dark = theme.value === 'dark';
    return html`<nav class="nav" aria-label=${t('page.nav')}>
      <a class="brand" href="/">${mark()}Antiphon</a>
      <a href="/scores/" aria-current=${this.here === 'scores' ? 'page' : nothing}>${
        t('page.myScores')}</a>
      <span class="grow"></span>
      <button type="button" class="b text" lang=${other === 'zh' ? 'zh-Hans' : 'en'}
        @click=${() => { speak(other); }}>${other === 'zh' ? '简体中文' : 'English'}</button>
      ${iconButton({
        icon: dark ? 'sun' : 'moon', label: dark ? t('theme.light') : t('theme.dark'),
        run: turnTheme,
      })}
    </nav>`;
  }
}
