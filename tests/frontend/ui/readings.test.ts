import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MeterMap } from '../../../static/src/music/meter-map';
import {
  clockText, KEYS, keyText, keyValue, positionText, readKey, readMeter, readPosition, readTempo,
} from '../../../static/src/ui/bar/readings';

const METER = new MeterMap([
  { tick: 0, numerator: 4, denominator: 4 },
  { tick: 7680, numerator: 7, denominator: 8 },
  { tick: 7680 + 7 * 240 * 3, numerator: 3, denominator: 4 },
]);

describe('a position', () => {
  it('is said in bar, beat and ticks', () => {
    expect(positionText(METER, 0)).toBe('1.1.000');
    expect(positionText(METER, 4080)).toBe('3.1.240');
    expect(positionText(METER, 7680 + 240)).toBe('5.2.000');
  });

  it('reads back as what it said', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 60_000 }), (tick) => {
      expect(readPosition(positionText(METER, tick), METER)).toBe(tick);
    }));
  });

  it('may be typed short, and never leaves its bar', () => {
    expect(readPosition('3', METER)).toBe(3840);
    expect(readPosition('3.2', METER)).toBe(4320);
    expect(readPosition('1.9', METER)).toBe(1919);
    for (const wrong of ['', '0', 'x', '1.2.3.4', '-1']) expect(readPosition(wrong, METER)).toBeNull();
  });

  it('is said in minutes too', () => {
    expect(clockText(6.24)).toBe('0:06.2');
    expect(clockText(125.99)).toBe('2:05.9');
  });
});

describe('tempo, meter and key', () => {
  it('are read as people type them', () => {
    expect(readTempo('92')).toBe(92);
    expect(readTempo('92,5')).toBe(92.5);
    expect(readTempo('120 bpm')).toBe(120);
    for (const wrong of ['fast', '4', '1001', '']) expect(readTempo(wrong)).toBeNull();
    expect(readMeter('7/8')).toEqual({ numerator: 7, denominator: 8 });
    for (const wrong of ['7', '0/4', '4/5', '99/4']) expect(readMeter(wrong)).toBeNull();
  });

  it('know all thirty keys', () => {
    expect(KEYS).toHaveLength(30);
    for (const key of KEYS) expect(readKey(keyValue(key))).toEqual(key);
    expect(readKey('12 major')).toBeNull();
    expect(keyText({ fifths: -1, mode: 'minor' }, 'minor')).toBe('D minor');
    expect(keyText({ fifths: -3, mode: 'major' }, 'major')).toBe('E♭ major');
  });
});
