/** Buttons made of an icon, with words for screen readers and a tooltip with the key. */
import { html, nothing, type TemplateResult } from 'lit';

import { t } from '../i18n/catalogue';
import { spell } from '../i18n/spelling';
import type { Command } from './commands/command';
import type { Desk } from './desk';
import { icon, type IconName } from './icons';

export interface IconButton {
  readonly icon: IconName;
  readonly label: string;
  readonly keys?: string | undefined;
  readonly tip?: string;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly look?: string;
  readonly run: () => void;
}

/** A square button; `pressed` makes it a toggle. */
export function iconButton(button: IconButton): TemplateResult {
  return html`<button type="button" class="b ${button.look ?? ''}" aria-label=${button.label}
    aria-pressed=${button.pressed === undefined ? nothing : String(button.pressed)}
    aria-disabled=${button.disabled === true ? 'true' : nothing}
    data-tip=${button.tip ?? button.label} data-keys=${button.keys ?? nothing}
    @click=${() => { if (button.disabled !== true) button.run(); }}>${icon(button.icon)}</button>`;
}

export interface CommandButton {
  readonly icon: IconName;
  readonly tip?: string;
  readonly pressed?: boolean;
  readonly look?: string;
}

/** A button that runs a command, with the command's name and key. */
export function commandButton(desk: Desk, command: Command, shown: CommandButton): TemplateResult {
  const first = command.keys[0];
  return iconButton({
    ...shown,
    label: t(command.labelKey),
    keys: first === undefined ? undefined : spell(first),
    disabled: command.when?.(desk) === false,
    run: () => { command.run(desk); },
  });
}
