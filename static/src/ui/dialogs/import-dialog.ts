import { html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';

import { t } from '../../i18n/catalogue';
import { DeskDialog } from '../dialog';
import { icon } from '../icons';
import { leaveWarnings } from '../import-warnings';
import { problemText } from '../problems';
import { scores } from '../scores-api';

/** A file dropped on the editor or chosen here: a new score, or more tracks for this one. */
@customElement('antiphon-import-dialog')
export class ImportDialog extends DeskDialog {
  @state() private file: File | null = null;
  @state() private busy = false;
  @state() private problem = '';
  @query('input') private readonly input!: HTMLInputElement;

  override connectedCallback(): void {
    super.connectedCallback();
    this.file = this.desk.layout.dropped;
    this.desk.layout.dropped = null;
  }

  protected override heading(): string {
    return t('import.heading');
  }

  protected override body(): TemplateResult {
    const adds = this.desk.canEdit.value && !this.desk.template.value;
    const ready = this.file !== null && !this.busy;
    return html`<div class="imports">
      <input class="visually-hidden" type="file" accept=".mid,.midi,.kar,audio/midi" tabindex="-1"
        aria-hidden="true" @change=${this.chosen} />
      <button type="button" class="choice" @click=${() => { this.input.click(); }}>
        ${icon('import')}<span><b>${this.file?.name ?? t('import.choose')}</b>
        <small>${this.busy ? t('import.reading') : t('import.kinds')}</small></span></button>
      ${this.problem === '' ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
      <footer>
        ${adds ? html`<button type="button" class="secondary" ?disabled=${!ready}
          @click=${this.add}>${t('import.add')}</button>` : nothing}
        <span class="grow"></span>
        <button type="button" class="primary" ?disabled=${!ready} @click=${this.open}>
          ${t('import.new')}</button>
      </footer></div>`;
  }

  private readonly chosen = (): void => {
    this.file = this.input.files?.[0] ?? null;
    this.problem = '';
  };

  private readonly open = (): void => {
    void this.with(async (file) => {
      const score = await scores.importNew(file);
      leaveWarnings(score.warnings ?? []);
      location.assign(`/scores/${score.id}/`);
    });
  };

  private readonly add = (): void => {
    void this.with(async (file) => {
      const got = await scores.importInto(this.desk.scoreId, file);
      const words = t('import.added', { tracks: got.tracks, notes: got.notes });
      this.desk.notices.say([words, ...got.warnings].join(' '));
      this.close();
    });
  };

  private async with(work: (file: File) => Promise<void>): Promise<void> {
    if (this.file === null) return;
    this.busy = true;
    this.problem = '';
    try {
      await work(this.file);
    } catch (error) {
      this.problem = problemText(error);
    } finally {
      this.busy = false;
    }
  }
}
