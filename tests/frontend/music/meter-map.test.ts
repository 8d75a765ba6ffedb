import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barTicks, MeterMap } from '../../../static/src/music/meter-map';
import type { MeterEvent } from '../../../static/src/music/notes';

const meter = (tick: number, numerator: number, denominator: number): MeterEvent => ({
  tick,
  numerator,
  denominator,
});

describe('a meter map', () => {
  it('counts bars and beats from 0', () => {
    const map = new MeterMap([meter(0, 4, 4)]);
    expect(map.beatAt(1920 + 480 + 7)).toEqual({ bar: 1, beat: 1, tick: 7 });
    expect(map.barStart(3)).toBe(5760);
    expect(new MeterMap([]).meterAt(5)).toEqual(meter(0, 4, 4));
  });

  it('counts eighths in 6/8', () => {
    const map = new MeterMap([meter(0, 6, 8)]);
    expect(map.barStart(1)).toBe(1440);
    expect(map.beatAt(1440 + 250)).toEqual({ bar: 1, beat: 1, tick: 10 });
  });

  it('starts a new bar at each event, also inside a bar', () => {
    const map = new MeterMap([meter(0, 4, 4), meter(2000, 3, 4)]);
    expect(map.barAt(1999)).toBe(1);
    expect(map.barAt(2000)).toBe(2);
    expect(map.barStart(2)).toBe(2000);
    expect(map.barStart(3)).toBe(2000 + 1440);
    expect(map.meterAt(2500)).toEqual(meter(2000, 3, 4));
  });

  it('puts every tick inside its own bar', () => {
    const events = fc.uniqueArray(
      fc.record({
        tick: fc.integer({ min: 0, max: 40_000 }),
        numerator: fc.integer({ min: 1, max: 15 }),
        denominator: fc.constantFrom(1, 2, 4, 8, 16, 32),
      }),
      { maxLength: 8, selector: ({ tick }) => tick },
    );
    fc.assert(
      fc.property(events, fc.integer({ min: 0, max: 60_000 }), (list, tick) => {
        const map = new MeterMap(list);
        const bar = map.barAt(tick);
        expect(map.barStart(bar)).toBeLessThanOrEqual(tick);
        expect(map.barStart(bar + 1)).toBeGreaterThan(tick);
        expect(map.barStart(bar + 1) - map.barStart(bar)).toBeLessThanOrEqual(
          barTicks(map.meterAt(tick)),
        );
        expect(map.barAt(map.barStart(bar))).toBe(bar);
      }),
    );
  });
});
