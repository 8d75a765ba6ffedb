import { html, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';

import { t } from '../../i18n/catalogue';
import type { Track } from '../../music/notes';
import type { Desk } from '../desk';
import { icon } from '../icons';
import { LightElement } from '../light-element';
import { placeBeside } from '../popup';
import type { InstrumentChoice } from './instrument';
import {
  chooseInstrument, moveTrack, paint, removeTrack, renameTrack, setLevel, setMute, setPan,
  toggleHidden, toggleSolo,
} from './track-edits';

const COLORS = 12;
const CENTRE = 64;
const LOUDEST = 127;

/** Everything about one track, beside its row: on the rail and the phone the only place for it. */
@customElement('antiphon-track-sheet')
export class TrackSheet extends LightElement {
  @property({ attribute: false }) desk!: Desk;
  @property({ attribute: false }) track!: Track;
  @state() private opened = false;
  @query('.b') private readonly button!: HTMLButtonElement;
  @query('[popover]') private readonly popup!: HTMLElement;

  protected override render(): TemplateResult {
    const { track } = this;
    const label = t('tracks.more', { name: track.name });
    return html`
      <button type="button" class="b more" aria-haspopup="dialog" aria-label=${label}
        data-tip=${label} @click=${() => { this.popup.togglePopover(); }}>${icon('more', 'small')}
      </button>
      <div popover class="popup sheet" role="dialog" aria-label=${label} @toggle=${this.toggled}
        @keydown=${(event: KeyboardEvent) => { event.stopPropagation(); }}>
        ${this.opened ? this.body() : ''}
      </div>`;
  }

  private body(): TemplateResult {
    const { desk, track } = this;
    const editable = desk.canEdit.value;
    const { soloTracks, hiddenTracks } = desk.editing;
    const slider = (
      name: string, value: number, rest: number, set: (value: number) => void,
    ): TemplateResult => html`<label class="line"><span>${name}</span>
      <input class="fader" type="range" min="0" max="127" .value=${String(value)}
        .style=${filled(value, rest)} ?disabled=${!editable}
        @input=${(event: Event) => {
          const input = event.currentTarget as HTMLInputElement;
          input.style.cssText = filled(Number(input.value), rest);
        }}
        @change=${(event: Event) => {
          set(Number((event.currentTarget as HTMLInputElement).value));
        }} /></label>`;
    const toggle = (name: string, on: boolean, run: () => void, enabled = true): TemplateResult =>
      html`<button type="button" class="chip" aria-pressed=${String(on)} ?disabled=${!enabled}
        @click=${run}>${name}</button>`;
    return html`
      <label class="line"><span>${t('tracks.name')}</span><input class="text" .value=${track.name}
        ?disabled=${!editable} @change=${(event: Event) => {
          const name = (event.currentTarget as HTMLInputElement).value.trim();
          if (name !== '') renameTrack(desk, track, name);
        }} /></label>
      <div class="line"><span>${t('tracks.instrument')}</span>
        <antiphon-instrument-picker .track=${track} .disabled=${!editable}
          @choose=${(event: CustomEvent<InstrumentChoice>) => {
            chooseInstrument(desk, track, event.detail);
          }}></antiphon-instrument-picker></div>
      ${slider(t('tracks.volume'), track.volume, 0, (value) => { setLevel(desk, track, value); })}
      ${slider(t('tracks.pan'), track.pan, CENTRE, (value) => {
        setPan(desk, track, Math.abs(value - CENTRE) < 3 ? CENTRE : value);
      })}
      <div class="line chips">
        ${toggle(t('tracks.mute'), track.mute, () => { setMute(desk, track, !track.mute); }, editable)}
        ${toggle(t('tracks.solo'), soloTracks.value.has(track.id), () => {
          toggleSolo(desk, track.id);
        })}
        ${toggle(t('tracks.hide'), hiddenTracks.value.has(track.id), () => {
          toggleHidden(desk, track.id);
        })}
      </div>
      <div class="swatches" role="group" aria-label=${t('tracks.color')}>
        ${Array.from({ length: COLORS }, (_, i) => this.swatch(i + 1, editable))}
      </div>
      <hr />
      ${this.action('back', t('tracks.moveUp'), editable, () => { moveTrack(desk, track, -1); })}
      ${this.action('down', t('tracks.moveDown'), editable, () => { moveTrack(desk, track, 1); })}
      ${this.action('trash', t('tracks.delete'), editable, () => {
        this.popup.hidePopover();
        removeTrack(desk, track);
      })}`;
  }

  private swatch(slot: number, editable: boolean): TemplateResult {
    const name = t('tracks.colorN', { n: slot });
    return html`<button type="button" class="swatch slot-${slot}" ?disabled=${!editable}
      aria-pressed=${String(this.track.color === slot)} aria-label=${name}
      @click=${() => { paint(this.desk, this.track, slot); }}></button>`;
  }

  private action(
    symbol: 'back' | 'down' | 'trash', label: string, enabled: boolean, run: () => void,
  ): TemplateResult {
    return html`<button type="button" class="item ${symbol}" ?disabled=${!enabled}
      @click=${run}><span class="tick">${icon(symbol, 'small')}</span>${label}</button>`;
  }

  private readonly toggled = (event: ToggleEvent): void => {
    this.opened = event.newState === 'open';
    if (this.opened) {
      void this.updateComplete.then(() => { placeBeside(this.popup, this.button); });
    }
  };
}

/** The filled part of a slider: from where it rests to where it stands. */
function filled(value: number, rest: number): string {
  const share = (at: number): string => `${(at / LOUDEST) * 100}%`;
  return `--from: ${share(Math.min(value, rest))}; --level: ${share(Math.max(value, rest))}`;
}
