/** What the display shows and how what people type into it is read. */
import { beatTicks, type MeterMap } from '../../music/meter-map';
import { tonicName, type KeySignature } from '../../music/scale';

const SLOWEST = 5;
const FASTEST = 1000;
const DENOMINATORS = [1, 2, 4, 8, 16, 32];
const MOST_BEATS = 64;
const MOST_FIFTHS = 7;

/** The thirty keys, majors first, each from seven flats to seven sharps. */
export const KEYS: readonly KeySignature[] = (['major', 'minor'] as const).flatMap((mode) =>
  Array.from({ length: 2 * MOST_FIFTHS + 1 }, (_, i) => ({ fifths: i - MOST_FIFTHS, mode })),
);

/** `3.2.240`: bar and beat from 1, ticks from 0. */
export function positionText(meter: MeterMap, tick: number): string {
  const at = meter.beatAt(Math.floor(tick));
  return `${at.bar + 1}.${at.beat + 1}.${String(Math.floor(at.tick)).padStart(3, '0')}`;
}

/** `0:06.2` */
export function clockText(seconds: number): string {
  const tenths = Math.floor(seconds * 10);
  const rest = tenths % 600;
  return `${Math.floor(tenths / 600)}:${String(Math.floor(rest / 10)).padStart(2, '0')}.${rest % 10}`;
}

/** Reads `3`, `3.2` or `3.2.240`; null when it is none of them. */
export function readPosition(text: string, meter: MeterMap): number | null {
  const parts = /^(\d{1,5})(?:\.(\d{1,2})(?:\.(\d{1,4}))?)?$/.exec(text);
  if (parts === null) return null;
  const bar = Number(parts[1]) - 1;
  if (bar < 0) return null;
  const start = meter.barStart(bar);
  const beat = Math.max(0, Number(parts[2] ?? 1) - 1);
  const tick = start + beat * beatTicks(meter.meterAt(start)) + Number(parts[3] ?? 0);
  return Math.min(tick, meter.barStart(bar + 1) - 1);
}

/** Beats per minute, also with a comma for the point; null outside 5–1000. */
export function readTempo(text: string): number | null {
  const value = Number(text.replace(',', '.').replace(/\s*bpm$/i, ''));
  return Number.isFinite(value) && value >= SLOWEST && value <= FASTEST ? value : null;
}

/** `7/8`; null when the lower number is no note value. */
export function readMeter(text: string): { numerator: number; denominator: number } | null {
  const parts = /^(\d{1,2})\s*\/\s*(\d{1,2})$/.exec(text);
  if (parts === null) return null;
  const numerator = Number(parts[1]);
  const denominator = Number(parts[2]);
  const known = DENOMINATORS.includes(denominator) && numerator >= 1 && numerator <= MOST_BEATS;
  return known ? { numerator, denominator } : null;
}

/** The key of a picker's value, `-1 minor`. */
export function readKey(value: string): KeySignature | null {
  return KEYS.find((key) => keyValue(key) === value) ?? null;
}

export function keyValue(key: KeySignature): string {
  return `${key.fifths} ${key.mode}`;
}

/** `D minor`, with the mode in the page's words. */
export function keyText(key: KeySignature, modeName: string): string {
  return `${tonicName(key)} ${modeName}`;
}
