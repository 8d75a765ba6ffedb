import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';

import { t } from '../../i18n/catalogue';
import { DeskDialog } from '../dialog';
import { icon } from '../icons';
import { problemText } from '../problems';
import { scores } from '../scores-api';

const POLL_MS = 400;

/** MIDI at once; WAV after it has been rendered, with its progress and a way to stop it. */
@customElement('antiphon-export-dialog')
export class ExportDialog extends DeskDialog {
  @state() private progress: number | null = null;
  @state() private problem = '';
  private render_: string | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.cancel();
  }

  protected override heading(): string {
    return t('export.heading', { title: this.desk.title.value });
  }

  protected override body(): TemplateResult {
    const { scoreId } = this.desk;
    const empty = this.desk.score.noteCount.value === 0;
    return html`<div class="exports">
      <a class="choice" href=${scores.midiAddress(scoreId)} download>${icon('export')}
        <span><b>${t('export.midi')}</b><small>${t('export.midiWhat')}</small></span></a>
      ${this.progress === null
        ? html`<button type="button" class="choice" ?disabled=${empty} @click=${this.start}>
            ${icon('wave')}<span><b>${t('export.wav')}</b><small>${
              empty ? t('export.nothing') : t('export.wavWhat')}</small></span></button>`
        : html`<div class="choice running">${icon('wave')}<span><b>${t('export.rendering')}</b>
            <progress max="1" .value=${this.progress}
              aria-label=${t('export.rendering')}></progress></span>
            <button type="button" class="b text" @click=${this.cancel}>${t('common.cancel')}</button>
          </div>`}
      ${this.problem === '' ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
    </div>`;
  }

  private readonly start = (): void => {
    this.progress = 0;
    this.problem = '';
    this.follow().catch((error: unknown) => {
      this.progress = null;
      this.render_ = null;
      this.problem = problemText(error);
    });
  };

  private async follow(): Promise<void> {
    const { scoreId } = this.desk;
    const { render } = await scores.startRender(scoreId);
    this.render_ = render;
    while (this.render_ === render) {
      const now = await scores.render(scoreId, render);
      if (now.state === 'done') {
        download(scores.audioAddress(scoreId, render));
        break;
      }
      if (now.state !== 'running') {
        this.problem = now.state === 'failed' ? (now.text ?? t('problem.unknown')) : '';
        break;
      }
      this.progress = now.progress;
      await new Promise((resolve) => { setTimeout(resolve, POLL_MS); });
    }
    if (this.render_ === render) this.render_ = null;
    this.progress = null;
  }

  private readonly cancel = (): void => {
    const render = this.render_;
    this.render_ = null;
    this.progress = null;
    if (render !== null) {
      scores.cancelRender(this.desk.scoreId, render).catch((error: unknown) => {
        this.problem = problemText(error);
      });
    }
  };
}

function download(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}
