/** The grid of the roll at this zoom. */
import type { MeterMap } from '../music/meter-map';
import { beatTicks } from '../music/meter-map';
import { gridTicks, snapTick, type SnapDirection, type SnapSetting } from '../music/snap';
import type { SnapChoice } from './editing';

/** Lines of an adaptive grid stand at least this far apart, in pixels. */
const ADAPTIVE_GAP = 12;

const FROM_FINE: readonly SnapSetting[] = ['1/64', '1/32', '1/16', '1/8', '1/4', '1/2', 'bar'];

export interface Snapping {
  readonly choice: SnapChoice;
  readonly meter: MeterMap;
  readonly pixelsPerTick: number;
}

/** The note value that is in force at a tick. */
export function settingAt(snapping: Snapping, tick: number): SnapSetting {
  if (snapping.choice !== 'adaptive') return snapping.choice;
  for (const setting of FROM_FINE) {
    const gap = gridTicks(setting, snapping.meter, tick) * snapping.pixelsPerTick;
    if (gap >= ADAPTIVE_GAP) return setting;
  }
  return 'bar';
}

export function snapped(
  snapping: Snapping,
  tick: number,
  direction: SnapDirection = 'nearest',
): number {
  const at = Math.max(0, tick);
  return snapTick(at, settingAt(snapping, at), snapping.meter, direction);
}

/** Length of a grid step at a tick; a beat's quarter when snapping is off. */
export function stepAt(snapping: Snapping, tick: number): number {
  const setting = settingAt(snapping, tick);
  if (setting === 'off') return beatTicks(snapping.meter.meterAt(tick)) / 4;
  return gridTicks(setting, snapping.meter, tick);
}
