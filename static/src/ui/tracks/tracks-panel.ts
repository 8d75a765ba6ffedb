import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { customElement, property } from 'lit/decorators.js';

import { t } from '../../i18n/catalogue';
import type { Desk } from '../desk';
import { LightElement } from '../light-element';
import '../menu';
import '../room/room';
import { createTrack } from './track-edits';
import './track-row';

/** The tracks, and the room below them. */
@customElement('antiphon-tracks')
export class TracksPanel extends LightElement {
  @property({ attribute: false }) desk!: Desk;

  protected override render(): TemplateResult {
    const { desk } = this;
    const tracks = desk.score.tracks.value;
    return html`
      <div class="head"><h2>${t('tracks.tracks')}</h2><span class="grow"></span>
        ${desk.canEdit.value ? this.add() : nothing}</div>
      <div class="rows" role="group" aria-label=${t('tracks.tracks')}>
        ${repeat(tracks, (track) => track.id, (track) => html`<antiphon-track-row
          .desk=${desk} .track=${track} data-track=${track.id}></antiphon-track-row>`)}
        ${tracks.length === 0 && desk.provider.synced.value
          ? html`<p class="none">${t('tracks.none')}</p>` : nothing}
      </div>
      <antiphon-room .desk=${desk}></antiphon-room>`;
  }

  private add(): TemplateResult {
    const { desk } = this;
    return html`<antiphon-menu .icon=${'plus'} .label=${t('tracks.add')} .items=${[
      { label: t('tracks.addPitched'), icon: 'keys', run: () => { createTrack(desk, 'pitched'); } },
      { label: t('tracks.addDrums'), icon: 'drums', run: () => { createTrack(desk, 'drums'); } },
    ]}></antiphon-menu>`;
  }
}
