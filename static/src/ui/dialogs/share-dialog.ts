import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';

import { language, t, type PlainKey } from '../../i18n/catalogue';
import type { Role } from '../../net/presence-state';
import { initial } from '../bar/avatars';
import { DeskDialog } from '../dialog';
import { icon } from '../icons';
import { picked } from '../picker';
import { problemText } from '../problems';
import { scores, type Link, type Member } from '../scores-api';
import { copyText } from '../copy-text';

const ROLES = ['editor', 'commenter', 'viewer'] as const;
type LinkRole = (typeof ROLES)[number];
const CAN: Readonly<Record<Role, PlainKey>> = {
  owner: 'role.owner', editor: 'role.canEdit', commenter: 'role.canComment', viewer: 'role.canView',
};
const ROLE_NAMES: Readonly<Record<Role, PlainKey>> = {
  owner: 'role.owner', editor: 'role.editor', commenter: 'role.commenter', viewer: 'role.viewer',
};
/** Hours by choice; null = until it is taken back. */
const EXPIRIES: readonly (readonly [string, number | null])[] = [
  ['never', null], ['hour', 1], ['day', 24], ['week', 168], ['month', 720],
];
const EXPIRY_NAMES: Readonly<Record<string, PlainKey>> = {
  never: 'share.never', hour: 'share.hour', day: 'share.day', week: 'share.week',
  month: 'share.month',
};

/** Links to the score: make one with a role and an expiry, copy it, take it back. */
@customElement('antiphon-share-dialog')
export class ShareDialog extends DeskDialog {
  @state() private links: readonly Link[] = [];
  @state() private members: readonly Member[] = [];
  @state() private may: LinkRole = 'editor';
  @state() private expiry = 'never';
  @state() private problem = '';
  @state() private busy = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override heading(): string {
    return t('share.heading', { title: this.desk.title.value });
  }

  protected override body(): TemplateResult {
    return html`
      ${this.problem === '' ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
      <ul class="people">${this.members.map((member) => this.member(member))}</ul>
      <section class="make"><p>${icon('link')}<span><b>${t('share.anyone')}</b>
        <small>${t('share.guests')}</small></span></p>
        <div class="choices">
          <antiphon-picker .label=${t('share.role')} .value=${this.may}
            .choices=${ROLES.map((value) => ({ value, label: t(CAN[value]) }))}
            @pick=${(event: Event) => {
              this.may = ROLES.find((role) => role === picked(event)) ?? 'viewer';
            }}></antiphon-picker>
          <antiphon-picker .label=${t('share.expiry')} .value=${this.expiry}
            .choices=${EXPIRIES.map(([value]) => ({ value, label: this.expiryName(value) }))}
            @pick=${(event: Event) => { this.expiry = picked(event); }}></antiphon-picker>
          <span class="grow"></span>
          <button type="button" class="primary" ?disabled=${this.busy} @click=${this.make}>
            ${t('share.make')}</button>
        </div></section>
      <ul class="links">${this.links.map((link) => this.link(link))}</ul>`;
  }

  private member(member: Member): TemplateResult {
    const here = this.desk.presence.peers.value.some(({ user }) => user.key === member.key);
    const me = member.key === this.desk.provider.me.value?.key;
    return html`<li><em class="avatar slot-${member.color}">${initial(member.name)}</em>
      <span><b>${me ? t('common.you') : member.name}</b>
      <small>${here || me ? t('share.hereNow') : nothing}</small></span>
      <span class="grow"></span><span class="dim">${t(ROLE_NAMES[member.role])}</span>
      ${member.role === 'owner' || me ? nothing : html`<button type="button" class="b"
        aria-label=${t('share.removeMember', { name: member.name })}
        data-tip=${t('share.removeMember', { name: member.name })}
        @click=${() => { void this.dismiss(member); }}>${icon('close', 'small')}</button>`}</li>`;
  }

  private link(link: Link): TemplateResult {
    return html`<li data-link=${link.id}><div class="url">
        <input readonly .value=${absolute(link.url)} aria-label=${t('share.address')}
          @focus=${(event: Event) => { (event.currentTarget as HTMLInputElement).select(); }} />
        <button type="button" class="primary" @click=${() => { void this.copy(link); }}>
          ${icon('link', 'small')}${t('share.copy')}</button></div>
      <p><span>${t(CAN[link.role])}</span><span class="dim">${this.until(link)}</span>
        <span class="grow"></span><button type="button" class="b text"
          @click=${() => { void this.revoke(link); }}>${t('share.revoke')}</button></p></li>`;
  }

  private expiryName(value: string): string {
    return t(EXPIRY_NAMES[value] ?? 'share.never');
  }

  private until(link: Link): string {
    if (link.expires === null) return t('share.noEnd');
    const when = new Date(link.expires).toLocaleString(language.value === 'zh' ? 'zh-CN' : 'en', {
      dateStyle: 'medium', timeStyle: 'short',
    });
    return t('share.until', { when });
  }

  private async load(): Promise<void> {
    await this.doing(async () => {
      const { scoreId } = this.desk;
      [this.links, this.members] = await Promise.all([
        scores.links(scoreId), scores.members(scoreId),
      ]);
    });
  }

  private readonly make = (): void => {
    void this.doing(async () => {
      const hours = EXPIRIES.find(([value]) => value === this.expiry)?.[1] ?? null;
      const link = await scores.makeLink(this.desk.scoreId, this.may, hours);
      this.links = [link, ...this.links];
      await this.copy(link);
    });
  };

  private async copy(link: Link): Promise<void> {
    const copied = await copyText(absolute(link.url));
    this.desk.notices.say(copied ? t('share.copied') : t('share.copyByHand'));
  }

  private async revoke(link: Link): Promise<void> {
    await this.doing(async () => {
      await scores.revoke(this.desk.scoreId, link.id);
      this.links = this.links.filter((one) => one.id !== link.id);
      this.members = await scores.members(this.desk.scoreId);
      this.desk.notices.say(t('share.revoked'));
    });
  }

  private async dismiss(member: Member): Promise<void> {
    await this.doing(async () => {
      await scores.dismissMember(this.desk.scoreId, member.key);
      this.members = this.members.filter((one) => one.key !== member.key);
    });
  }

  private async doing(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.problem = '';
    try {
      await work();
    } catch (error) {
      this.problem = problemText(error);
    } finally {
      this.busy = false;
    }
  }
}

function absolute(url: string): string {
  return new URL(url, location.href).href;
}
