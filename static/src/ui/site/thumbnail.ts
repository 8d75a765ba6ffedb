import { effect } from '@preact/signals-core';
import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import { LightElement } from '../light-element';
import type { ThumbnailNote } from '../scores-api';
import { theme } from '../theme';

const PAD = 8;
const NOTE_HEIGHT = 3;
const LEAST_RANGE = 24;

/** A whole score drawn small. */
@customElement('antiphon-thumbnail')
export class Thumbnail extends LightElement {
  @property({ attribute: false }) notes: readonly ThumbnailNote[] = [];
  private readonly sizes = new ResizeObserver(() => { this.draw(); });
  private unwatch: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
    this.unwatch = effect(() => {
      theme.value; // drawn anew in the colours of the theme
      queueMicrotask(() => { this.draw(); });
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
    this.unwatch?.();
  }

  protected override render(): TemplateResult {
    return html`<canvas aria-hidden="true"></canvas>`;
  }

  protected override updated(): void {
    this.draw();
  }

  private draw(): void {
    const canvas = this.querySelector('canvas');
    const pen = canvas?.getContext('2d');
    if (!canvas || !pen || this.clientWidth === 0) return;
    const { clientWidth: width, clientHeight: height } = this;
    canvas.width = Math.round(width * devicePixelRatio);
    canvas.height = Math.round(height * devicePixelRatio);
    pen.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    pen.clearRect(0, 0, width, height);
    if (this.notes.length === 0) return;
    const pitches = this.notes.map((note) => note[1]);
    const middle = (Math.min(...pitches) + Math.max(...pitches)) / 2;
    const range = Math.max(LEAST_RANGE, Math.max(...pitches) - Math.min(...pitches) + 2);
    const style = getComputedStyle(this);
    for (const [start, pitch, duration, slot] of this.notes) {
      pen.fillStyle = style.getPropertyValue(`--slot-${slot}`).trim();
      const y = height / 2 - ((pitch - middle) / range) * (height - 2 * PAD) - NOTE_HEIGHT / 2;
      const x = PAD + start * (width - 2 * PAD);
      const wide = Math.max(1.5, duration * (width - 2 * PAD) - 0.5);
      pen.fillRect(x, y, wide, NOTE_HEIGHT);
    }
  }
}
