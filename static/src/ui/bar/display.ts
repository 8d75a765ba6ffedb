import { computed } from '@preact/signals-core';
import { html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';

import { setKey } from '../../doc/gestures/set-key';
import { setMeter } from '../../doc/gestures/set-meter';
import { setTempo } from '../../doc/gestures/set-tempo';
import { t } from '../../i18n/catalogue';
import { barTicks } from '../../music/meter-map';
import { keyAt, type KeySignature } from '../../music/scale';
import type { Desk } from '../desk';
import { LightElement } from '../light-element';
import { picked } from '../picker';
import './field';
import {
  clockText, KEYS, keyText, keyValue, positionText, readKey, readMeter, readPosition, readTempo,
} from './readings';

function keyName(key: KeySignature): string {
  return keyText(key, key.mode === 'minor' ? t('display.minor') : t('display.major'));
}

/** One list for all frames: a new one would make the picker render again at each. */
const KEY_CHOICES = computed(() =>
  KEYS.map((key) => ({ value: keyValue(key), label: keyName(key) })),
);

/** Position, tempo, meter and key at the playhead; each can be typed, two can be scrubbed. */
@customElement('antiphon-display')
export class Display extends LightElement {
  @property({ attribute: false }) desk!: Desk;
  /** The tempo while it is being scrubbed: written once, at the end. */
  @state() private scrubbed: number | null = null;

  protected override render(): TemplateResult {
    const { desk } = this;
    const { view, timeline } = desk.score;
    const editable = timeline.value >= 0 && desk.canEdit.value;
    const tick = desk.position.value;
    const { numerator, denominator } = view.meter.meterAt(tick);
    const bpm = this.scrubbed ?? view.tempo.bpmAt(tick);
    const refuse = { tempo: t('display.badTempo'), meter: t('display.badMeter') };
    return html`
      <antiphon-field class="position" .text=${positionText(view.meter, tick)}
        .label=${t('display.position')} .under=${clockText(view.tempo.seconds(tick))}
        .scrubs=${true} @commit=${this.moveTo} @scrub=${this.scrubPosition}></antiphon-field>
      <antiphon-field class="tempo" .text=${bpm.toFixed(1)} .label=${t('display.tempo')}
        .editable=${editable} .scrubs=${true} @scrub=${this.scrubTempo}
        @scrubbed=${this.keepTempo}
        @commit=${(event: CustomEvent<string>) => {
          this.read(readTempo(event.detail), refuse.tempo, (value) => { this.writeTempo(value); });
        }}></antiphon-field>
      <antiphon-field class="meter" .text=${`${numerator}/${denominator}`}
        .label=${t('display.meter')} .editable=${editable}
        @commit=${(event: CustomEvent<string>) => {
          this.read(readMeter(event.detail), refuse.meter, (meter) => {
            const at = view.meter.meterAt(desk.position.peek()).tick;
            desk.apply(setMeter(view, { tick: at, ...meter }));
          });
        }}></antiphon-field>
      ${this.key(editable)}`;
  }

  private key(editable: boolean): TemplateResult {
    const { desk } = this;
    const now = keyAt(desk.score.view.keyEvents, desk.position.value);
    return html`<div class="key">
      <antiphon-picker .label=${t('display.key')} .variant=${'field'}
        .choices=${KEY_CHOICES.value}
        .value=${now === null ? '' : keyValue(now)} .shown=${now === null ? '–' : keyName(now)}
        .disabled=${!editable} @pick=${(event: Event) => {
          const key = readKey(picked(event));
          if (key !== null) {
            desk.apply(setKey(desk.score.view, { tick: now?.tick ?? 0, ...key }));
          }
        }}></antiphon-picker><small>${t('display.key')}</small></div>`;
  }

  /** Uses what was typed, or says why not. */
  private read<T>(value: T | null, refusal: string, use: (value: T) => void): void {
    if (value === null) this.desk.notices.say(refusal);
    else use(value);
  }

  private readonly moveTo = (event: CustomEvent<string>): void => {
    const { score, player } = this.desk;
    this.read(readPosition(event.detail, score.view.meter), t('display.badPosition'), (tick) => {
      player.seek(tick);
    });
  };

  private readonly scrubPosition = (event: CustomEvent<number>): void => {
    const { score, player, position } = this.desk;
    const meter = score.view.meter.meterAt(position.peek());
    const beat = barTicks(meter) / meter.numerator;
    player.seek(Math.max(0, position.peek() + event.detail * beat));
  };

  private readonly scrubTempo = (event: CustomEvent<number>): void => {
    const { score, position } = this.desk;
    const from = this.scrubbed ?? score.view.tempo.bpmAt(position.peek());
    this.scrubbed = readTempo((Math.round(from) + event.detail).toFixed(0)) ?? from;
  };

  private readonly keepTempo = (): void => {
    if (this.scrubbed !== null) this.writeTempo(this.scrubbed);
    this.scrubbed = null;
  };

  /** Changes the tempo event in force at the playhead. */
  private writeTempo(bpm: number): void {
    const { score, position } = this.desk;
    const events = score.view.tempoEvents;
    const event = events.findLast(({ tick }) => tick <= position.peek());
    this.desk.apply(setTempo(score.view, {
      tick: event?.tick ?? 0, bpm, ramp: event?.ramp ?? false,
    }));
  }
}
