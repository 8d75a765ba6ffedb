import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';

import { t, type PlainKey } from '../../i18n/catalogue';
import { spell } from '../../i18n/spelling';
import type { Area } from '../commands/command';
import { COMMANDS } from '../commands/registry';
import { DeskDialog } from '../dialog';

const AREAS: Readonly<Record<Area, PlainKey>> = {
  play: 'area.play', edit: 'area.edit', tools: 'area.tools',
  view: 'area.view', suggest: 'area.suggest', roll: 'area.roll', file: 'area.file',
};

/** Every command that has a key, by area; made from the registry. */
@customElement('antiphon-shortcut-sheet')
export class ShortcutSheet extends DeskDialog {
  protected override heading(): string {
    return t('command.shortcuts');
  }

  protected override body(): TemplateResult {
    const areas = Object.keys(AREAS) as Area[];
    return html`<div class="shortcuts">${areas.map((area) => html`<section>
      <h3>${t(AREAS[area])}</h3><dl>
      ${COMMANDS.filter((command) => command.area === area && command.keys.length > 0).map(
        (command) => html`<div><dt>${t(command.labelKey)}</dt><dd>${command.keys.map(
          (keys) => html`<kbd>${spell(keys)}</kbd>`)}</dd></div>`)}
      </dl></section>`)}</div>`;
  }
}
