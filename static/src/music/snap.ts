/** The grid that time snaps to: whole bars, note values from 1/1 to 1/64, dotted, triplets, off. */

import type { MeterMap } from './meter-map';
import { TICKS_PER_QUARTER } from './notes';

export const SNAP_SETTINGS = [
  'off',
  'bar',
  '1/1',
  '1/2',
  '1/2.',
  '1/2T',
  '1/4',
  '1/4.',
  '1/4T',
  '1/8',
  '1/8.',
  '1/8T',
  '1/16',
  '1/16.',
  '1/16T',
  '1/32',
  '1/32.',
  '1/32T',
  '1/64',
] as const;

/** A note value; a dot makes it half as long again, T two thirds (three in the time of two). */
export type SnapSetting = (typeof SNAP_SETTINGS)[number];

/** Which line of the grid a tick goes to: the nearest one, or the one before or after it. */
export type SnapDirection = 'nearest' | 'before' | 'after';

/** Ticks between two lines inside the bar of `tick`; 1 when snapping is off. */
export function gridTicks(setting: SnapSetting, meter: MeterMap, tick: number): number {
  if (setting === 'off') return 1;
  if (setting === 'bar') return barLength(meter, tick);
  const [value = '', denominator = ''] = /^1\/(\d+)/.exec(setting) ?? [];
  const plain = (TICKS_PER_QUARTER * 4) / Number(denominator);
  const suffix = setting.slice(value.length);
  if (suffix === '.') return plain * 1.5;
  return suffix === 'T' ? (plain * 2) / 3 : plain;
}

/**
 * The line of the grid for `tick`, never below 0. The grid begins anew in every bar, so that the
 * first beat of a bar is always a line, also where the value does not divide the bar.
 */
export function snapTick(
  tick: number,
  setting: SnapSetting,
  meter: MeterMap,
  direction: SnapDirection = 'nearest',
): number {
  const whole = Math.max(0, Math.round(tick));
  if (setting === 'off') return whole;
  const start = meter.barStart(meter.barAt(whole));
  const end = start + barLength(meter, whole);
  const grid = gridTicks(setting, meter, whole);
  const before = start + Math.floor((whole - start) / grid) * grid;
  const after = Math.min(before + grid, end);
  if (direction === 'before' || before === whole) return before;
  if (direction === 'after') return after;
  return whole - before < after - whole ? before : after;
}

function barLength(meter: MeterMap, tick: number): number {
  const bar = meter.barAt(tick);
  return meter.barStart(bar + 1) - meter.barStart(bar);
}
