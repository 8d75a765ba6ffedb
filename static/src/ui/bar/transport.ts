import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import { t } from '../../i18n/catalogue';
import { spell } from '../../i18n/spelling';
import { commandButton } from '../button';
import { commandOf } from '../commands/registry';
import type { Desk } from '../desk';
import { icon } from '../icons';
import { LightElement } from '../light-element';
import './display';

/** Back to start, play, stop, the display, loop and metronome. */
@customElement('antiphon-transport')
export class Transport extends LightElement {
  @property({ attribute: false }) desk!: Desk;

  protected override render(): TemplateResult {
    const { desk } = this;
    const { player } = desk;
    return html`
      ${commandButton(desk, commandOf('play.start'), { icon: 'start', look: 'wide' })}
      ${this.play()}
      ${commandButton(desk, commandOf('play.stop'), { icon: 'stop', look: 'wide' })}
      <antiphon-display .desk=${desk}></antiphon-display>
      ${commandButton(desk, commandOf('play.loop'), {
        icon: 'loop', look: 'loop', pressed: player.loop.value.on,
      })}
      ${commandButton(desk, commandOf('play.metronome'), {
        icon: 'metronome', pressed: player.metronome.value,
      })}`;
  }

  private play(): TemplateResult {
    const { player } = this.desk;
    const playing = player.playing.value;
    const waiting = player.state.value === 'loading';
    const label = playing ? t('transport.pause') : t('command.play');
    return html`<button type="button" class="play ${waiting ? 'waiting' : ''}" aria-label=${label}
      aria-busy=${waiting ? 'true' : nothing} data-tip=${label} data-keys=${spell('Space')}
      @click=${() => { commandOf('play.toggle').run(this.desk); }}>
      ${icon(playing ? 'pause' : 'play')}</button>`;
  }
}
