import { effect } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';

import type { CurrentCandidate } from '../ai/suggestion-state';
import { t } from '../i18n/catalogue';
import '../roll/roll';
import './banners';
import './bar/tools';
import './bar/top-bar';
import { bindClipboard } from './clipboard-events';
import { bindClock } from './clock';
import { commandFor } from './commands/registry';
import { DIALOGS } from './dialogs/load';
import type { Desk } from './desk';
import { bindDrop } from './drop';
import { iconButton } from './button';
import type { DialogName } from './layout';
import { LightElement } from './light-element';
import { accept } from './panel/decisions';
import './panel/suggest-panel';
import './status-bar';
import './toasts';
import './tracks/tracks-panel';

const MIRROR_MS = 250;

/** The editor: lays out the parts and mirrors the state that tests and assistive tools need. */
@customElement('antiphon-editor')
export class EditorElement extends LightElement {
  @property({ attribute: false }) desk: Desk | null = null;
  @state() private loaded: ReadonlySet<DialogName> = new Set();
  private undo: (() => void)[] = [];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.release();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('desk')) return;
    this.release();
    if (this.desk !== null) this.bind(this.desk);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { desk } = this;
    if (desk === null) return nothing;
    const { layout, editing } = desk;
    const folds = `${layout.tracksFolded.value ? 'no-tracks ' : ''}${
      layout.panelFolded.value ? 'no-panel ' : ''}sheet-${layout.sheet.value}`;
    return html`
      <div class="desk ${folds}">
        <antiphon-top-bar .desk=${desk} role="banner"></antiphon-top-bar>
        <antiphon-tools .desk=${desk} role="toolbar" aria-label=${t('tool.tools')}></antiphon-tools>
        <antiphon-tracks .desk=${desk} role="complementary"
          aria-label=${t('tracks.tracks')}></antiphon-tracks>
        <main class="stage" aria-label=${t('stage.roll')}>
          <antiphon-roll .view=${desk.document} .editing=${editing} .player=${desk.player}
            .document=${desk.canEdit.value ? desk.document : null} .presence=${desk.presence}
            .suggestions=${desk.suggestions} @accept-candidate=${this.acceptFromRoll}
          ></antiphon-roll>
          <div class="pill" role="group" aria-label=${t('tool.tools')}>
            ${(['select', 'draw', 'erase'] as const).map((tool) => iconButton({
              icon: tool, label: t(`tool.${tool}`), pressed: editing.tool.value === tool,
              run: () => { editing.setTool(tool); },
            }))}
          </div>
        </main>
        <antiphon-panel .desk=${desk} role="complementary"
          aria-label=${t('suggest.suggest')}></antiphon-panel>
        <antiphon-status .desk=${desk} role="contentinfo"></antiphon-status>
        <antiphon-banners .desk=${desk}></antiphon-banners>
        <antiphon-toast .notices=${desk.notices}></antiphon-toast>
      </div>
      ${this.dialog(desk)}`;
  }

  /** Enter in the roll: the same acceptance as on the card, with its toast. */
  private readonly acceptFromRoll = (event: CustomEvent<CurrentCandidate>): void => {
    const { desk } = this;
    const { suggestion, candidate } = event.detail;
    const of = desk?.suggestions.list.peek().find((one) => one.id === suggestion);
    const found = of?.candidates.find((one) => one.index === candidate);
    if (desk === null || of === undefined || found === undefined) return;
    event.preventDefault();
    accept(desk, of, found);
  };

  private dialog(desk: Desk): TemplateResult | typeof nothing {
    const name = desk.layout.dialog.value;
    if (name === null) return nothing;
    if (this.loaded.has(name)) return DIALOGS[name].show(desk);
    DIALOGS[name].load().then(
      () => { this.loaded = new Set([...this.loaded, name]); },
      () => {
        desk.layout.close();
        desk.notices.say(t('problem.network'));
      },
    );
    return nothing;
  }

  private bind(desk: Desk): void {
    desk.roll = () => this.querySelector('antiphon-roll')?.actions ?? null;
    desk.rollWidth = () => this.querySelector('antiphon-roll')?.clientWidth ?? 0;
    const keyed = (event: KeyboardEvent): void => {
      const command = commandFor(event, desk);
      if (command === undefined) return;
      event.preventDefault();
      command.run(desk);
    };
    document.addEventListener('keydown', keyed);
    // A click on a button leaves the keyboard where it was, so that Space goes on playing.
    const pressed = (event: MouseEvent): void => {
      const target = event.target as Element;
      // Somebody who was typing leaves the field by it.
      if (document.activeElement instanceof HTMLInputElement) return;
      if (target.closest('button') !== null && target.closest('dialog, [popover]') === null) {
        event.preventDefault();
      }
    };
    this.addEventListener('mousedown', pressed);
    this.undo = [
      () => { document.removeEventListener('keydown', keyed); },
      () => { this.removeEventListener('mousedown', pressed); },
      bindClipboard(desk),
      bindClock(desk),
      bindDrop({
        take: (file) => {
          if (file === null) {
            desk.notices.say(t('drop.notMidi'));
            return;
          }
          desk.layout.dropped = file;
          desk.layout.open('import');
        },
      }),
      effect(() => { desk.player.solo.value = desk.editing.soloTracks.value; }),
      effect(() => { this.mirror(desk); }),
      this.mirrorPosition(desk),
    ];
  }

  private release(): void {
    for (const each of this.undo) each();
    this.undo = [];
  }

  private mirror(desk: Desk): void {
    this.toggleAttribute('synced', desk.provider.synced.value);
    this.setAttribute('saved', desk.saved.value);
    this.toggleAttribute('playing', desk.player.playing.value);
    this.setAttribute('data-role', desk.provider.role.value ?? '');
    this.setAttribute('notes', String(desk.score.noteCount.value));
    this.setAttribute('sound', desk.player.state.value);
  }

  private mirrorPosition(desk: Desk): () => void {
    const write = (): void => {
      this.setAttribute('position', String(Math.floor(desk.position.peek())));
    };
    write();
    const timer = setInterval(write, MIRROR_MS);
    return () => { clearInterval(timer); };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'antiphon-editor': EditorElement;
  }
}
