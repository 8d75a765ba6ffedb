import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import { t } from '../../i18n/catalogue';
import type { PersonCard } from '../../net/presence-state';
import type { Desk } from '../desk';
import { icon } from '../icons';
import { LightElement } from '../light-element';

/** More people than this are counted, not drawn. */
const DRAWN = 5;

export interface Someone {
  readonly card: PersonCard;
  readonly hears: boolean;
  readonly idle: boolean;
}

/** Everybody else in the room, each once however many tabs they have. */
export function others(desk: Desk): Someone[] {
  const me = desk.provider.me.value?.key;
  const found = new Map<string, Someone>();
  for (const peer of desk.presence.peers.value) {
    if (peer.user.key === me) continue;
    const known = found.get(peer.user.key);
    found.set(peer.user.key, {
      card: peer.user,
      hears: peer.hear !== null || known?.hears === true,
      idle: peer.idle && known?.idle !== false,
    });
  }
  return [...found.values()];
}

/** The letter that stands for a person or a candidate where there is no room for a name. */
export function initial(name: string): string {
  const point = name.trim().codePointAt(0);
  return point === undefined ? '?' : String.fromCodePoint(point).toUpperCase();
}

@customElement('antiphon-avatars')
export class Avatars extends LightElement {
  @property({ attribute: false }) desk!: Desk;

  protected override render(): TemplateResult {
    const people = others(this.desk);
    const me = this.desk.provider.me.value;
    const more = people.length - DRAWN;
    return html`<ul class="avatars" aria-label=${t('room.here', { n: people.length + 1 })}>
      ${people.slice(0, DRAWN).map((one) => this.one(one))}
      ${more > 0 ? html`<li class="avatar more">+${more}</li>` : nothing}
      ${me === null ? nothing : html`<li class="avatar me slot-${me.color}"
        data-tip=${t('room.youAre', { name: me.name })}
        aria-label=${t('room.youAre', { name: me.name })}>${initial(me.name)}</li>`}
    </ul>`;
  }

  private one({ card, hears, idle }: Someone): TemplateResult {
    const words = hears ? t('room.hears', { name: card.name }) : card.name;
    return html`<li class="avatar slot-${card.color} ${idle ? 'idle' : ''}"
      data-tip=${words} aria-label=${words} data-person=${card.key}>
      ${initial(card.name)}${hears ? html`<u>${icon('ear', 'small')}</u>` : nothing}</li>`;
  }
}
