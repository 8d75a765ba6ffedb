import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import { t } from '../../i18n/catalogue';
import { SNAP_CHOICES, TOOLS, type SnapChoice, type Tool } from '../../roll/editing';
import { commandButton } from '../button';
import { commandOf } from '../commands/registry';
import type { Desk } from '../desk';
import type { IconName } from '../icons';
import { LightElement } from '../light-element';
import { picked, type Choice } from '../picker';

const ICONS: Readonly<Record<Tool, IconName>> = {
  select: 'select', draw: 'draw', erase: 'erase', split: 'split', mute: 'mute',
};

/** Tools, snap, follow and lane, over the roll. */
@customElement('antiphon-tools')
export class Tools extends LightElement {
  @property({ attribute: false }) desk!: Desk;

  protected override render(): TemplateResult {
    const { desk } = this;
    const { editing } = desk;
    return html`
      <div class="group" role="group" aria-label=${t('tool.tools')}>
        ${TOOLS.map((tool) => commandButton(desk, commandOf(`tool.${tool}`), {
          icon: ICONS[tool], pressed: editing.tool.value === tool,
        }))}
      </div>
      <span class="sep"></span>
      <antiphon-picker .icon=${'magnet'} .label=${t('snap.label')} .choices=${snapChoices()}
        .value=${editing.snap.value} @pick=${(event: Event) => {
          const value = SNAP_CHOICES.find((choice) => choice === picked(event));
          if (value !== undefined) editing.snap.value = value;
        }}></antiphon-picker>
      <span class="grow"></span>
      ${commandButton(desk, commandOf('view.follow'), {
        icon: 'follow', pressed: editing.follow.value,
      })}
      ${commandButton(desk, commandOf('view.lane'), {
        icon: 'lane', pressed: editing.laneShown.value,
      })}`;
  }
}

function snapChoices(): Choice[] {
  return SNAP_CHOICES.map((value) => ({ value, ...snapWords(value) }));
}

/** How a grid is called: `1/8T` with "triplet" beside it. */
function snapWords(value: SnapChoice): { label: string; hint?: string } {
  if (value === 'off') return { label: t('snap.off') };
  if (value === 'adaptive') return { label: t('snap.adaptive') };
  if (value === 'bar') return { label: t('snap.bar') };
  if (value.endsWith('T')) return { label: value, hint: t('snap.triplet') };
  return value.endsWith('.') ? { label: value, hint: t('snap.dotted') } : { label: value };
}
