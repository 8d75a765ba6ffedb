import { html, type TemplateResult } from 'lit';

import { LightElement } from './light-element';
import { theme } from './theme';

/** A canvas ready to be drawn on, in CSS pixels, with the colours of the theme. */
export interface Easel {
  readonly pen: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  readonly token: (name: string) => string;
  /** The token at a share (0–1) of its strength. */
  readonly wash: (name: string, share: number) => string;
}

/** An element that is one picture: drawn anew when it, its size or the theme changes. */
export abstract class Drawing extends LightElement {
  private readonly sizes = new ResizeObserver(() => { this.draw(); });
  private unwatch: (() => void) | null = null;

  protected abstract paint(easel: Easel): void;

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
    this.unwatch = theme.subscribe(() => {
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
    const { clientWidth: width, clientHeight: height } = this;
    if (!canvas || !pen || width === 0) return;
    canvas.width = Math.round(width * devicePixelRatio);
    canvas.height = Math.round(height * devicePixelRatio);
    pen.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    const style = getComputedStyle(this);
    const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
    const wash = (name: string, share: number): string =>
      `${token(name)}${Math.round(share * 255).toString(16).padStart(2, '0')}`;
    this.paint({ pen, width, height, token, wash });
  }
}
