/** Colours as numbers, so that a wash over a ground is computed once and not per note. */

export type Rgb = readonly [red: number, green: number, blue: number];

const BLACK: Rgb = [0, 0, 0];

/** Reads `#rgb`, `#rrggbb` and `rgb(r, g, b)`; black for anything else. */
export function parseColor(text: string): Rgb {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim());
  const digits = hex?.[1];
  if (digits !== undefined) {
    const wide = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits;
    return [channel(wide, 0), channel(wide, 2), channel(wide, 4)];
  }
  const parts = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)/.exec(text.trim());
  return parts ? [Number(parts[1]), Number(parts[2]), Number(parts[3])] : BLACK;
}

function channel(hex: string, at: number): number {
  return Number.parseInt(hex.slice(at, at + 2), 16);
}

/** The opaque colour of `color` at `alpha` over `ground`. */
export function over(color: Rgb, alpha: number, ground: Rgb): string {
  const mixed = color.map((value, i) => Math.round(value * alpha + (ground[i] ?? 0) * (1 - alpha)));
  return `rgb(${mixed.join(',')})`;
}

/** A colour with transparency, for what must let the grid shine through. */
export function veil(color: Rgb, alpha: number): string {
  return `rgba(${color.join(',')},${alpha.toFixed(3)})`;
}
