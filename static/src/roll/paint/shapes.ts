/** Small shapes that several painters draw. */
import type { Box } from '../geometry';
import type { Palette } from '../palette';
import type { Context } from './scene';

/** Starts a path with one rounded box. */
export function rounded(g: Context, box: Box, radius: number): void {
  g.beginPath();
  addRounded(g, box, radius);
}

/** Adds a rounded box to the path. */
export function addRounded(g: Context, box: Box, radius: number): void {
  const width = Math.max(1, box.width);
  const height = Math.max(1, box.height);
  const r = Math.max(0, Math.min(radius, width / 2, height / 2));
  if (r < 1) g.rect(box.x, box.y, width, height);
  else g.roundRect(box.x, box.y, width, height, r);
}

export function grown(box: Box, by: number): Box {
  return {
    x: box.x - by,
    y: box.y - by,
    width: box.width + by * 2,
    height: box.height + by * 2,
  };
}

/** Distance of the hatching's lines in pixels. */
const HATCH = 6;

/** Diagonal lines through boxes: muted. One path, cut to each box by arithmetic. */
export function hatch(g: Context, boxes: readonly Box[], color: string): void {
  g.strokeStyle = color;
  g.lineWidth = 1;
  g.beginPath();
  for (const { x, y, width, height } of boxes) {
    for (let at = HATCH; at < width + height; at += HATCH) {
      const up = Math.min(at, height);
      const right = Math.min(at, width);
      g.moveTo(x + at - up, y + up);
      g.lineTo(x + right, y + at - right);
    }
  }
  g.stroke();
}

export interface Lettering {
  readonly color: string;
  /** Weight and size, "600 11px". */
  readonly face: string;
  readonly align?: CanvasTextAlign;
  /** Wider text is condensed to this. */
  readonly most?: number;
}

/** One line of text, centred on `y`. */
export function letter(
  g: Context,
  palette: Palette,
  text: string,
  at: { readonly x: number; readonly y: number },
  how: Lettering,
): void {
  g.fillStyle = how.color;
  setFace(g, palette, how.face);
  g.textAlign = how.align ?? 'left';
  g.textBaseline = 'middle';
  g.fillText(text, at.x, at.y, how.most);
}

/** Sets the font only where it changes: parsing a font costs more than drawing the text. */
export function setFace(g: Context, palette: Palette, face: string): void {
  const font = `${face} ${palette.font}`;
  if (faces.get(g) === font) return;
  g.font = font;
  faces.set(g, font);
}

const faces = new WeakMap<Context, string>();

/** After save/restore or a resize the context no longer has the face that was noted. */
export function forgetFace(g: Context): void {
  faces.delete(g);
}

export function widthOf(g: Context, palette: Palette, text: string, face: string): number {
  setFace(g, palette, face);
  return g.measureText(text).width;
}

/** A vertical dashed post. */
export function post(g: Context, x: number, y0: number, y1: number): void {
  g.setLineDash([3, 4]);
  g.beginPath();
  g.moveTo(Math.round(x) + 0.5, y0);
  g.lineTo(Math.round(x) + 0.5, y1);
  g.stroke();
  g.setLineDash([]);
}

/** Confines what follows to a box; the caller restores. */
export function confine(g: Context, box: Box): void {
  g.save();
  g.beginPath();
  g.rect(box.x, box.y, box.width, box.height);
  g.clip();
}
