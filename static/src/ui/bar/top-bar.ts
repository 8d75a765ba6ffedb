import { html, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';

import { language, speak, t } from '../../i18n/catalogue';
import { spell } from '../../i18n/spelling';
import { commandButton, iconButton } from '../button';
import { commandOf } from '../commands/registry';
import { gestureName, type Desk } from '../desk';
import { icon, mark } from '../icons';
import { LightElement } from '../light-element';
import type { MenuItem } from '../menu';
import '../menu';
import { problemText } from '../problems';
import { scores } from '../scores-api';
import { theme, turnTheme } from '../theme';
import './avatars';
import './save-state';
import './transport';

const LONGEST_TITLE = 200;

/** Title and saving on the left, transport in the middle, people on the right. */
@customElement('antiphon-top-bar')
export class TopBar extends LightElement {
  @property({ attribute: false }) desk!: Desk;
  @state() private renaming = false;
  @query('.title input') private readonly input!: HTMLInputElement | null;

  protected override render(): TemplateResult {
    const { desk } = this;
    const { undo, redo } = desk.document.history.value;
    const step = (command: 'edit.undo' | 'edit.redo', label: string | null): string => {
      const name = t(commandOf(command).labelKey);
      return label === null ? name : `${name}: ${gestureName(label)}`;
    };
    return html`
      <div class="left">
        <a class="home" href="/scores/" aria-label=${t('page.myScores')}
          data-tip=${t('page.myScores')}>${mark()}<span class="phone-only">${icon('back')}</span></a>
        ${this.title_()}
        <antiphon-save-state .desk=${desk}></antiphon-save-state>
        ${commandButton(desk, commandOf('edit.undo'), {
          icon: 'undo', look: 'undo', tip: step('edit.undo', undo),
        })}
        ${commandButton(desk, commandOf('edit.redo'), {
          icon: 'redo', look: 'redo', tip: step('edit.redo', redo),
        })}
      </div>
      <antiphon-transport .desk=${desk} role="group"
        aria-label=${t('transport.name')}></antiphon-transport>
      <div class="right">
        <antiphon-avatars .desk=${desk}></antiphon-avatars>
        ${iconButton({
          icon: theme.value === 'dark' ? 'sun' : 'moon',
          label: theme.value === 'dark' ? t('theme.light') : t('theme.dark'),
          look: 'theme', run: turnTheme,
        })}
        <antiphon-menu .label=${t('menu.more')} .items=${this.items()}></antiphon-menu>
        ${this.share()}
      </div>`;
  }

  private title_(): TemplateResult {
    const title = this.desk.title.value;
    if (this.renaming) {
      return html`<h1 class="title"><input .value=${title} maxlength=${LONGEST_TITLE}
        aria-label=${t('title.label')} @keydown=${this.keyed} @blur=${this.keepTitle} /></h1>`;
    }
    if (this.desk.provider.role.value !== 'owner' && this.desk.provider.role.value !== 'editor') {
      return html`<h1 class="title"><span>${title}</span></h1>`;
    }
    return html`<h1 class="title"><button type="button" data-tip=${t('title.rename')}
      @click=${this.rename}>${title}</button></h1>`;
  }

  private share(): TemplateResult {
    const command = commandOf('file.share');
    if (command.when?.(this.desk) === false) return html``;
    return html`<button type="button" class="share"
      @click=${() => { command.run(this.desk); }}>${icon('share', 'small')}${t('command.share')}
    </button>`;
  }

  private items(): (MenuItem | null)[] {
    const { desk } = this;
    const from = (id: string, symbol: NonNullable<MenuItem['icon']>): MenuItem => {
      const command = commandOf(id);
      const keys = command.keys[0];
      return {
        label: t(command.labelKey), icon: symbol,
        ...(keys === undefined ? {} : { key: spell(keys) }),
        disabled: command.when?.(desk) === false, run: () => { command.run(desk); },
      };
    };
    const { follow } = desk.editing;
    const onPhone: (MenuItem | null)[] = !desk.layout.phone.value ? [] : [
      from('edit.redo', 'redo'),
      { ...from('view.follow', 'follow'), checked: follow.value },
      {
        label: t('room.room'), icon: 'people', run: () => { desk.layout.open('room'); },
      },
      null,
    ];
    return [
      ...onPhone,
      { label: t('page.newScore'), icon: 'plus', run: () => { void this.openNew(scores.create()); } },
      {
        label: t('page.duplicate'), icon: 'copy',
        run: () => { void this.openNew(scores.duplicate(desk.scoreId)); },
      },
      from('file.share', 'share'),
      from('file.import', 'import'),
      from('file.export', 'export'),
      null,
      from('view.shortcuts', 'keyboard'),
      { label: t('menu.theme'), icon: 'sun', run: turnTheme },
      { label: 'English', checked: language.value === 'en', run: () => { speak('en'); } },
      { label: '简体中文', checked: language.value === 'zh', run: () => { speak('zh'); } },
    ];
  }

  /** Opens the score that comes of `making` it. */
  private async openNew(making: Promise<{ readonly id: string }>): Promise<void> {
    try {
      location.assign(`/scores/${(await making).id}/`);
    } catch (error) {
      this.desk.notices.say(problemText(error));
    }
  }

  private readonly rename = (): void => {
    this.renaming = true;
    void this.updateComplete.then(() => { this.input?.select(); });
  };

  private readonly keyed = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Enter') this.input?.blur();
    if (event.key !== 'Escape') return;
    this.renaming = false;
  };

  private readonly keepTitle = (): void => {
    const next = this.input?.value.trim() ?? '';
    const before = this.desk.title.peek();
    this.renaming = false;
    if (next === '' || next === before) return;
    this.desk.title.value = next;
    scores.rename(this.desk.scoreId, next).catch((error: unknown) => {
      this.desk.title.value = before;
      this.desk.notices.say(problemText(error));
    });
  };
}
