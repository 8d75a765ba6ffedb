import { effect } from '@preact/signals-core';
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

import type { CandidateState, Region } from '../../ai/suggestion-state';
import type { MeterMap } from '../../music/meter-map';
import { LightElement } from '../light-element';
import { theme } from '../theme';

const NOTE_HEIGHT = 3.6;
const LEAST_RANGE = 12;
const FRONT_GLOW = 34;

/** A candidate drawn small, with the front up to which it is written. */
@customElement('antiphon-mini-roll')
export class MiniRoll extends LightElement {
  @property({ attribute: false }) candidate!: CandidateState;
  @property({ attribute: false }) region!: Region;
  @property({ attribute: false }) meter!: MeterMap;
  /** Written out and chosen: filled; else an open edge. */
  @property({ attribute: false }) filled = true;
  @property({ attribute: false }) arriving = false;
  /** 0–1 while it is heard. */
  @property({ attribute: false }) played: number | null = null;
  private readonly sizes = new ResizeObserver(() => { this.draw(); });
  private unwatch: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
    this.unwatch = effect(() => {
      if (theme.value !== undefined) queueMicrotask(() => { this.draw(); });
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
    this.unwatch?.();
  }

  protected override render(): TemplateResult {
    return html`<canvas></canvas>`;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    this.draw();
  }

  private draw(): void {
    const canvas = this.querySelector('canvas');
    const pen = canvas?.getContext('2d');
    if (!canvas || !pen || this.clientWidth === 0) return;
    const { clientWidth: width, clientHeight: height } = this;
    const dots = devicePixelRatio;
    canvas.width = Math.round(width * dots);
    canvas.height = Math.round(height * dots);
    pen.setTransform(dots, 0, 0, dots, 0, 0);
    pen.clearRect(0, 0, width, height);
    const { start, end } = this.region;
    const style = getComputedStyle(this);
    const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
    const x = (tick: number): number => ((tick - start) / (end - start)) * width;
    pen.fillStyle = token('grid-beat');
    for (let bar = this.meter.barAt(start) + 1; this.meter.barStart(bar) < end; bar += 1) {
      pen.fillRect(Math.round(x(this.meter.barStart(bar))), 0, 1, height);
    }
    this.notes(pen, x, height, token('answer'));
    if (this.arriving) this.front(pen, x(this.candidate.front), height, token);
    if (this.played !== null) {
      pen.fillStyle = token('playhead');
      pen.fillRect(this.played * width, 0, 1.5, height);
    }
  }

  private notes(
    pen: CanvasRenderingContext2D, x: (tick: number) => number, height: number, color: string,
  ): void {
    const { notes } = this.candidate;
    if (notes.length === 0) return;
    const pitches = notes.map((note) => note.pitch);
    const middle = (Math.min(...pitches) + Math.max(...pitches)) / 2;
    const range = Math.max(LEAST_RANGE, Math.max(...pitches) - Math.min(...pitches) + 2);
    pen.fillStyle = color;
    pen.strokeStyle = color;
    pen.lineWidth = 1;
    for (const note of notes) {
      const y = height / 2 - ((note.pitch - middle) / range) * (height - 12) - NOTE_HEIGHT / 2;
      const left = x(note.start) + 0.5;
      const wide = Math.max(1.6, x(note.start + note.duration) - left - 1);
      pen.beginPath();
      pen.roundRect(left, y, wide, NOTE_HEIGHT, 1.5);
      if (this.filled) pen.fill();
      else pen.stroke();
    }
  }

  private front(
    pen: CanvasRenderingContext2D, at: number, height: number, token: (name: string) => string,
  ): void {
    const glow = pen.createLinearGradient(at - FRONT_GLOW, 0, at, 0);
    glow.addColorStop(0, `${token('answer-glow')}00`);
    glow.addColorStop(1, `${token('answer-glow')}4d`);
    pen.fillStyle = glow;
    pen.fillRect(at - FRONT_GLOW, 0, FRONT_GLOW, height);
    pen.fillStyle = token('answer');
    pen.fillRect(at, 0, 1.5, height);
  }
}
