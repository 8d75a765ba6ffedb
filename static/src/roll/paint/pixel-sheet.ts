/**
 * A canvas that is written pixel by pixel: tens of thousands of little boxes cost less this way
 * than one path of so many, which has to be scan-converted as a whole.
 */
import { parseColor } from '../color';
import type { Box } from '../geometry';
import type { Context } from './scene';

export class PixelSheet {
  private readonly canvas = document.createElement('canvas');
  private image: ImageData | null = null;
  private pixels = new Uint32Array();
  private ratio = 1;
  private left = 0;
  private top = 0;
  private width = 0;
  private height = 0;

  /** Clears the sheet for an area of the roll, in the device pixels of `g`. */
  begin(g: Context, area: Box): boolean {
    this.ratio = g.getTransform().a;
    this.left = area.x;
    this.top = area.y;
    this.width = Math.ceil(area.width * this.ratio);
    this.height = Math.ceil(area.height * this.ratio);
    if (this.width <= 0 || this.height <= 0) return false;
    if (this.image?.width !== this.width || this.image.height !== this.height) {
      this.canvas.width = this.width;
      this.canvas.height = this.height;
      this.image = new ImageData(this.width, this.height);
      this.pixels = new Uint32Array(this.image.data.buffer);
    } else this.pixels.fill(0);
    return true;
  }

  /** A box in the roll's coordinates, cut to the area, at least one device pixel large. */
  fill(x: number, y: number, width: number, height: number, color: number): void {
    const { ratio, pixels } = this;
    const x0 = Math.max(0, Math.round((x - this.left) * ratio));
    const x1 = Math.min(this.width, Math.max(x0 + 1, Math.round((x + width - this.left) * ratio)));
    const y0 = Math.max(0, Math.round((y - this.top) * ratio));
    const y1 = Math.min(this.height, Math.max(y0 + 1, Math.round((y + height - this.top) * ratio)));
    if (x1 <= x0) return;
    for (let row = y0; row < y1; row += 1) {
      pixels.fill(color, row * this.width + x0, row * this.width + x1);
    }
  }

  /** Lays the sheet over what is painted already. */
  show(g: Context): void {
    if (!this.image) return;
    this.canvas.getContext('2d')?.putImageData(this.image, 0, 0);
    const { ratio } = this;
    g.drawImage(this.canvas, this.left, this.top, this.width / ratio, this.height / ratio);
  }
}

/** An opaque CSS colour as one little-endian pixel. */
export function pixelOf(color: string, alpha = 1): number {
  const [red, green, blue] = parseColor(color);
  return ((Math.round(alpha * 255) << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
