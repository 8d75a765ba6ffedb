import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import { t } from '../i18n/catalogue';
import { keepStranded } from './copy-on-edit';
import type { Desk } from './desk';
import { icon, type IconName } from './icons';
import { LightElement } from './light-element';

interface Banner {
  readonly tone: 'warn' | 'err' | 'neutral' | 'answer';
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const BACK_ONLINE_MS = 4000;

/** What stands in the way, under the top bar; it overlays the tools and pushes nothing. */
@customElement('antiphon-banners')
export class Banners extends LightElement {
  @property({ attribute: false }) desk!: Desk;
  private dismissed = '';
  private wasOffline = false;
  private wrote = false;
  private backUntil = 0;

  protected override render(): TemplateResult {
    const banner = this.banner();
    // Closed for as long as it stands: what comes again is said again.
    if (banner?.title !== this.dismissed) this.dismissed = '';
    if (banner === null || this.dismissed !== '') return html`${nothing}`;
    return html`<div class="banner ${banner.tone}" role=${
      banner.tone === 'err' ? 'alert' : 'status'}>
      ${icon(banner.icon)}<b>${banner.title}</b><span>${banner.text}</span>
      ${banner.action === undefined ? nothing : html`<button type="button" class="act"
        @click=${banner.action.run}>${banner.action.label}</button>`}
      <button type="button" class="b" aria-label=${t('common.close')}
        @click=${() => {
          this.dismissed = banner.title;
          this.requestUpdate();
        }}>${icon('close', 'small')}</button>
    </div>`;
  }

  /** The one that matters most; the others wait. */
  private banner(): Banner | null {
    return this.stopped() ?? this.connection() ?? this.sound();
  }

  private stopped(): Banner | null {
    const { provider, deleted } = this.desk;
    const code = provider.stopCode.value;
    const role = provider.role.value;
    if (role === 'owner' || role === 'editor') this.wrote = true;
    if (provider.stranded.value !== null) {
      return {
        tone: 'warn', icon: 'warn', title: t('banner.stranded'), text: t('banner.strandedHow'),
        action: { label: t('banner.keepEdits'), run: () => { void keepStranded(this.desk); } },
      };
    }
    if (provider.outdated.value) {
      return {
        tone: 'warn', icon: 'again', title: t('banner.outdated'), text: t('banner.outdatedHow'),
        action: { label: t('banner.reload'), run: () => { location.reload(); } },
      };
    }
    const home = { label: t('page.myScores'), run: () => { location.assign('/scores/'); } };
    if (deleted.value || code === 4410) {
      return {
        tone: 'err', icon: 'trash', title: t('banner.deleted'), text: t('banner.deletedHow'),
        action: home,
      };
    }
    if (this.wrote && (role === 'viewer' || role === 'commenter')) {
      return {
        tone: 'warn', icon: 'eye', title: t('banner.viewOnly'), text: t('banner.viewOnlyHow'),
      };
    }
    if (code === 4404) {
      return {
        tone: 'err', icon: 'warn', title: t('banner.none'), text: t('banner.noneHow'),
        action: home,
      };
    }
    if (code === 4403) {
      return {
        tone: 'err', icon: 'warn', title: t('banner.rights'), text: t('banner.rightsHow'),
        action: home,
      };
    }
    return null;
  }

  private connection(): Banner | null {
    const { provider } = this.desk;
    const status = provider.status.value;
    const waiting = provider.unacked.value;
    if (status === 'offline') {
      this.wasOffline = true;
      return {
        tone: 'warn', icon: 'cloud', title: t('banner.offline'),
        text: waiting > 0 ? t('banner.waiting', { n: waiting }) : t('banner.keepWriting'),
      };
    }
    if (status === 'online' && this.wasOffline) {
      this.wasOffline = false;
      this.backUntil = Date.now() + BACK_ONLINE_MS;
      setTimeout(() => { this.requestUpdate(); }, BACK_ONLINE_MS + 50);
    }
    if (status !== 'online' || Date.now() > this.backUntil) return null;
    return {
      tone: 'neutral', icon: 'check', title: t('banner.back'),
      text: waiting > 0 ? t('banner.sending', { n: waiting }) : t('banner.allSaved'),
    };
  }

  private sound(): Banner | null {
    const { player } = this.desk;
    const trouble = player.error.value;
    if (trouble === null) return null;
    const again = { label: t('banner.turnOn'), run: () => { void player.start(); } };
    if (trouble === 'insecure') {
      return {
        tone: 'err', icon: 'warn', title: t('banner.noSound'), text: t('banner.insecure'),
      };
    }
    const text = {
      gesture: t('banner.blocked'), bank: t('banner.noBank'), engine: t('banner.engine'),
    }[trouble];
    return { tone: 'err', icon: 'warn', title: t('banner.noSound'), text, action: again };
  }
}
