import { html, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';

import { t } from '../../i18n/catalogue';
import type { Track } from '../../music/notes';
import type { Desk } from '../desk';
import { LightElement } from '../light-element';
import { renameTrack } from './track-edits';

const LONGEST_NAME = 80;

/** A track's name: a click makes the track current, a double click or F2 renames it. */
@customElement('antiphon-track-name')
export class TrackName extends LightElement {
  @property({ attribute: false }) desk!: Desk;
  @property({ attribute: false }) track!: Track;
  @state() private renaming = false;
  @query('input') private readonly input!: HTMLInputElement | null;

  protected override render(): TemplateResult {
    const { track } = this;
    if (this.renaming) {
      return html`<input .value=${track.name} maxlength=${LONGEST_NAME}
        aria-label=${t('tracks.nameOf', { name: track.name })}
        @keydown=${this.keyed} @blur=${this.keep} />`;
    }
    return html`<button type="button" class="name" data-tip=${t('tracks.renameTip')}
      @click=${() => { this.desk.editing.track.value = track.id; }}
      @dblclick=${this.rename}
      @keydown=${(event: KeyboardEvent) => { if (event.key === 'F2') this.rename(); }}>${
        track.name}</button>`;
  }

  private readonly rename = (): void => {
    if (!this.desk.canEdit.peek()) return;
    this.renaming = true;
    void this.updateComplete.then(() => { this.input?.select(); });
  };

  private readonly keyed = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Enter') this.input?.blur();
    if (event.key === 'Escape') this.renaming = false;
  };

  private readonly keep = (): void => {
    const name = this.input?.value.trim() ?? '';
    if (this.renaming && name !== '') renameTrack(this.desk, this.track, name);
    this.renaming = false;
  };
}
