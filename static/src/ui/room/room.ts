import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import { t } from '../../i18n/catalogue';
import type { Peer } from '../../net/presence-state';
import { others } from '../bar/avatars';
import type { Desk } from '../desk';
import { icon } from '../icons';
import { LightElement } from '../light-element';

/** Who is here and what they are doing, as far as presence says. */
@customElement('antiphon-room')
export class Room extends LightElement {
  @property({ attribute: false }) desk!: Desk;

  protected override render(): TemplateResult {
    const { desk } = this;
    const people = others(desk);
    const here = t('room.hereShort', { n: people.length + 1 });
    return html`
      <div class="head"><h2>${t('room.room')}</h2><span class="count">${here}</span></div>
      <button type="button" class="b room-button" aria-label=${`${t('room.room')}: ${here}`}
        data-tip=${t('room.room')} @click=${() => { desk.layout.open('room'); }}>
        ${icon('people')}${people.length > 0 ? html`<em>${people.length + 1}</em>` : nothing}
      </button>
      ${roomList(desk)}`;
  }
}

/** The people of the room as a list; the dialog of the small layouts shows the same one. */
export function roomList(desk: Desk): TemplateResult {
  const me = desk.provider.me.value;
  const peers = new Map(desk.presence.peers.value.map((peer) => [peer.user.key, peer]));
  return html`<ul class="who">
    ${others(desk).map(({ card }) => {
      const peer = peers.get(card.key);
      return html`<li class="slot-${card.color}" data-person=${card.key}><em></em>
        <b>${card.name}</b><span>${peer === undefined ? '' : doing(desk, peer)}</span></li>`;
    })}
    ${me === null ? nothing : html`<li class="slot-${me.color}"><em></em><b>${me.name}</b>
      <span>${t('room.you')}</span></li>`}
  </ul>`;
}

function doing(desk: Desk, peer: Peer): string {
  const { score, suggestions } = desk;
  if (peer.hear !== null) {
    const { suggestion, candidate } = peer.hear;
    const of = suggestions.list.value.find((one) => one.id === suggestion);
    const letter = of?.candidates[candidate]?.letter;
    return letter === undefined ? t('room.listens') : t('room.hearsLetter', { letter });
  }
  const box = peer.drag?.box ?? peer.select?.box ?? null;
  const tick = box?.[0] ?? peer.cursor?.[0];
  const track = score.tracks.value.find(({ id }) => id === peer.cursor?.[2])?.name;
  if (peer.idle || tick === undefined) return t('room.away');
  const bar = score.view.meter.barAt(Math.max(0, tick)) + 1;
  if (peer.drag !== null) return t('room.moves', { bar });
  return track === undefined ? t('room.inBar', { bar }) : t('room.inTrack', { track, bar });
}
