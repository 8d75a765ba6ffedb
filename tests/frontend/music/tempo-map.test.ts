import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bpmOf, microsecondsOf, TempoMap } from '../../../static/src/music/tempo-map';

interface Case {
  readonly name: string;
  readonly events: readonly [tick: number, microseconds: number, ramp: number][];
  readonly points: readonly { tick: number; seconds: number; bpm: number }[];
}

const { cases } = JSON.parse(readFileSync('tests/fixtures/tempo.json', 'utf8')) as {
  cases: readonly Case[];
};

function mapOf(events: Case['events']): TempoMap {
  return new TempoMap(
    events.map(([tick, microseconds, ramp]) => ({ tick, microseconds, ramp: ramp === 1 })),
  );
}

describe('a tempo map', () => {
  it.each(cases)('agrees with numerical integration: $name', ({ events, points }) => {
    const map = mapOf(events);
    for (const { tick, seconds, bpm } of points) {
      expect(map.seconds(tick)).toBeCloseTo(seconds, 9);
      expect(map.bpmAt(tick)).toBeCloseTo(bpm, 6);
      expect(map.tick(seconds)).toBeCloseTo(tick, 4);
    }
  });

  it('has the tempo of its first event, or 120, before anything is said', () => {
    expect(new TempoMap([]).seconds(960)).toBeCloseTo(1, 12);
    const late = new TempoMap([{ tick: 960, microseconds: 1_000_000, ramp: false }]);
    expect(late.seconds(480)).toBeCloseTo(1, 12);
  });

  it('finds the tick of every second again, and never runs backwards', () => {
    const events = fc.uniqueArray(
      fc.tuple(
        fc.integer({ min: 0, max: 200_000 }),
        fc.integer({ min: 60_000, max: 12_000_000 }),
        fc.integer({ min: 0, max: 1 }),
      ),
      { minLength: 1, maxLength: 12, selector: ([tick]) => tick },
    );
    const ticks = fc.array(fc.integer({ min: 0, max: 300_000 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(events, ticks, (rows, places) => {
        const map = mapOf(rows);
        const sorted = [...places].sort((a, b) => a - b);
        let last = -1;
        for (const tick of sorted) {
          const seconds = map.seconds(tick);
          expect(seconds).toBeGreaterThanOrEqual(last);
          expect(Math.abs(map.tick(seconds) - tick)).toBeLessThan(1e-3);
          last = seconds;
        }
      }),
    );
  });

  it('keeps tempi within what a score may hold', () => {
    expect(microsecondsOf(120)).toBe(500_000);
    expect(microsecondsOf(0.1)).toBe(12_000_000);
    expect(microsecondsOf(99_999)).toBe(60_000);
    expect(bpmOf(microsecondsOf(93))).toBeCloseTo(93, 3);
  });
});
