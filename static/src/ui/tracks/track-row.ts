import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import { t } from '../../i18n/catalogue';
import type { Track } from '../../music/notes';
import { initial } from '../bar/avatars';
import type { Desk } from '../desk';
import { stable } from '../stable';
import { icon } from '../icons';
import { LightElement } from '../light-element';
import { chooseInstrument, setLevel, setMute, toggleSolo } from './track-edits';
import { iconOfInstrument, type InstrumentChoice } from './instrument';
import './instrument-picker';
import './track-name';
import './track-sheet';

/** One track: name, instrument, mute, solo, volume; on the rail and the phone its icon or name. */
@customElement('antiphon-track-row')
export class TrackRow extends LightElement {
  @property({ attribute: false }) desk!: Desk;
  @property({ attribute: false }) track!: Track;

  /** Colour and name; cursors move all the time, and only a change of person matters here. */
  private readonly guest = stable(() => {
    const me = this.desk.provider.me.value?.key;
    const peer = this.desk.presence.peers.value.find(
      ({ cursor, user }) => cursor?.[2] === this.track.id && user.key !== me,
    );
    return peer === undefined ? [] : [String(peer.user.color), peer.user.name];
  });

  protected override render(): TemplateResult {
    const { desk, track } = this;
    const { editing } = desk;
    const current = editing.track.value === track.id;
    const solos = editing.soloTracks.value;
    const silent = track.mute || (solos.size > 0 && !solos.has(track.id));
    const hidden = editing.hiddenTracks.value.has(track.id);
    const editable = desk.canEdit.value;
    this.className = `row slot-${track.color} ${current ? 'current' : ''} ${
      silent ? 'silent' : ''} ${hidden ? 'unseen' : ''}`;
    return html`
      <i class="stripe"></i>
      <button type="button" class="face" aria-pressed=${String(current)}
        aria-label=${t('tracks.choose', { name: track.name })} data-tip=${track.name}
        @click=${this.choose}>${icon(iconOfInstrument(track))}<span class="chip-name">${
          track.name}</span>${this.someone()}</button>
      <antiphon-track-name .desk=${desk} .track=${track}></antiphon-track-name>
      <span class="switches">
        ${hidden ? icon('hidden', 'small') : nothing}
        ${this.toggle('M', t('tracks.muteOf', { name: track.name }), track.mute, 'm', editable,
          () => { setMute(desk, track, !track.mute); })}
        ${this.toggle('S', t('tracks.soloOf', { name: track.name }), solos.has(track.id), 's', true,
          () => { toggleSolo(desk, track.id); })}
        <antiphon-track-sheet .desk=${desk} .track=${track}></antiphon-track-sheet>
      </span>
      <antiphon-instrument-picker .track=${track} .disabled=${!editable}
        @choose=${(event: CustomEvent<InstrumentChoice>) => {
          chooseInstrument(desk, track, event.detail);
        }}></antiphon-instrument-picker>
      <input class="fader" type="range" min="0" max="127" .value=${String(track.volume)}
        aria-label=${t('tracks.volumeOf', { name: track.name })} ?disabled=${!editable}
        data-tip=${t('tracks.volume')} .style=${`--level: ${track.volume / 1.27}%`}
        @input=${this.slide} @change=${this.level} />`;
  }

  private toggle(
    letter: string, label: string, on: boolean, look: string, enabled: boolean, run: () => void,
  ): TemplateResult {
    return html`<button type="button" class="switch ${look}" aria-pressed=${String(on)}
      aria-label=${label} data-tip=${label} ?disabled=${!enabled} @click=${run}>${letter}</button>`;
  }

  /** The letter of somebody whose cursor is in this track. */
  private someone(): TemplateResult | typeof nothing {
    const [color, name] = this.guest.value;
    if (color === undefined || name === undefined) return nothing;
    return html`<em class="guest slot-${color}" title=${name} aria-hidden="true">${
      initial(name)}</em>`;
  }

  private readonly choose = (): void => {
    this.desk.editing.track.value = this.track.id;
  };

  private readonly slide = (event: Event): void => {
    const slider = event.currentTarget as HTMLInputElement;
    slider.style.setProperty('--level', `${Number(slider.value) / 1.27}%`);
  };

  private readonly level = (event: Event): void => {
    setLevel(this.desk, this.track, Number((event.currentTarget as HTMLInputElement).value));
  };
}

