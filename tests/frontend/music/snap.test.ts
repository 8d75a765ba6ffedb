import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MeterMap } from '../../../static/src/music/meter-map';
import { gridTicks, SNAP_SETTINGS, snapTick } from '../../../static/src/music/snap';

const common = new MeterMap([]);

describe('snap', () => {
  it('knows the length of every note value', () => {
    const lengths = SNAP_SETTINGS.map((setting) => [setting, gridTicks(setting, common, 0)]);
    expect(Object.fromEntries(lengths)).toEqual({
      off: 1,
      bar: 1920,
      '1/1': 1920,
      '1/2': 960,
      '1/2.': 1440,
      '1/2T': 640,
      '1/4': 480,
      '1/4.': 720,
      '1/4T': 320,
      '1/8': 240,
      '1/8.': 360,
      '1/8T': 160,
      '1/16': 120,
      '1/16.': 180,
      '1/16T': 80,
      '1/32': 60,
      '1/32.': 90,
      '1/32T': 40,
      '1/64': 30,
    });
  });

  it('goes to the nearest line, or the one before or after', () => {
    expect(snapTick(100, '1/16', common)).toBe(120);
    expect(snapTick(100, '1/16', common, 'before')).toBe(0);
    expect(snapTick(130, '1/16', common, 'after')).toBe(240);
    expect(snapTick(240, '1/16', common, 'after')).toBe(240);
    expect(snapTick(-40, '1/16', common)).toBe(0);
    expect(snapTick(101.4, 'off', common)).toBe(101);
  });

  it('begins anew in every bar, where the value does not divide it', () => {
    expect(snapTick(1900, '1/4.', common)).toBe(1920);
    expect(snapTick(1920 + 700, '1/4.', common)).toBe(1920 + 720);
    const cut = new MeterMap([
      { tick: 0, numerator: 4, denominator: 4 },
      { tick: 1000, numerator: 3, denominator: 4 },
    ]);
    expect(snapTick(990, 'bar', cut)).toBe(1000);
  });

  it('is done in one go', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100_000 }),
        fc.constantFrom(...SNAP_SETTINGS),
        fc.constantFrom('nearest' as const, 'before' as const, 'after' as const),
        (tick, setting, direction) => {
          const once = snapTick(tick, setting, common, direction);
          expect(snapTick(once, setting, common, direction)).toBe(once);
          expect(Math.abs(once - tick)).toBeLessThan(gridTicks(setting, common, tick) + 1);
        },
      ),
    );
  });
});
