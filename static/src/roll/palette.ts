/** The tokens as the canvas needs them, read once per theme. */
import { over, parseColor, veil, type Rgb } from './color';

const TOKENS = [
  'ground', 'chrome', 'raise', 'lift', 'line', 'edge', 'text', 'text-2', 'text-3', 'call',
  'call-fill', 'on-call', 'answer', 'answer-glow', 'on-answer', 'warn', 'stage', 'stage-black',
  'grid-bar', 'grid-beat', 'grid-sub', 'row', 'key-white', 'key-black', 'key-ink', 'select',
  'playhead', 'focus',
] as const;

export type Token = (typeof TOKENS)[number];

const VELOCITY_STEPS = 16;
/** Loudness classes of a note's fill; one path is filled for each. */
export const FILL_STEPS = VELOCITY_STEPS;

/** Which of the fill steps a velocity of 1–127 takes. */
export function fillStep(velocity: number): number {
  return Math.min(VELOCITY_STEPS - 1, Math.max(0, (velocity * VELOCITY_STEPS) >> 7));
}

export class Palette {
  /** Dark notes on paper get an outline as well; see the states table. */
  readonly paper: boolean;
  readonly font: string;
  private readonly hex: ReadonlyMap<Token, string>;
  private readonly slots: readonly string[];
  private readonly inks: readonly string[];
  private readonly fills = new Map<number, string>();
  private readonly veils = new Map<string, string>();

  constructor(read: (name: string) => string, paper: boolean) {
    this.paper = paper;
    this.font = read('--font') || 'system-ui, sans-serif';
    this.hex = new Map(TOKENS.map((name) => [name, read(`--${name}`)]));
    this.slots = Array.from({ length: 12 }, (_, i) => read(`--slot-${String(i + 1)}`));
    this.inks = Array.from({ length: 12 }, (_, i) => read(`--ink-${String(i + 1)}`));
  }

  token(name: Token): string {
    return this.hex.get(name) ?? '#808080';
  }

  rgb(name: Token): Rgb {
    return parseColor(this.token(name));
  }

  /** Colour of a track or a person, slot 1–12. */
  slot(color: number): string {
    return this.slots[color - 1] ?? this.token('text-3');
  }

  /** The letter on a slot. */
  ink(color: number): string {
    return this.inks[color - 1] ?? this.token('ground');
  }

  /** A token let through at `alpha`. */
  wash(name: Token, alpha: number): string {
    return this.cached(this.token(name), alpha);
  }

  slotWash(color: number, alpha: number): string {
    return this.cached(this.slot(color), alpha);
  }

  /**
   * Opaque fill of a written note: α = .6 + .4·velocity over the stage, times `strength` for
   * tracks that are not the current one.
   */
  fill(color: number, step: number, strength: number): string {
    const key = (color * VELOCITY_STEPS + step) * 128 + Math.round(strength * 100);
    const known = this.fills.get(key);
    if (known !== undefined) return known;
    const loud = 0.6 + 0.4 * ((step + 1) / VELOCITY_STEPS);
    const alpha = loud * strength * (this.paper ? 0.82 : 1);
    const made = over(parseColor(this.slot(color)), alpha, this.rgb('stage'));
    this.fills.set(key, made);
    return made;
  }

  /** Opaque mixture of a slot over the stage. */
  tint(color: number, alpha: number): string {
    return over(parseColor(this.slot(color)), alpha, this.rgb('stage'));
  }

  private cached(color: string, alpha: number): string {
    const key = `${color}/${String(alpha)}`;
    const known = this.veils.get(key);
    if (known !== undefined) return known;
    const made = veil(parseColor(color), alpha);
    this.veils.set(key, made);
    return made;
  }
}

/** The palette of the theme that applies to an element. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const theme = element.ownerDocument.documentElement.dataset.theme;
  return new Palette((name) => style.getPropertyValue(name).trim(), theme === 'light');
}
