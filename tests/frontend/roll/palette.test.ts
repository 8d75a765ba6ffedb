import { describe, expect, it } from 'vitest';

import { over, parseColor, veil } from '../../../static/src/roll/color';
import { fillStep, Palette } from '../../../static/src/roll/palette';

const TOKENS: Readonly<Record<string, string>> = {
  '--stage': '#000000', '--slot-1': '#ffffff', '--ink-1': '#0f1113', '--call': '#f0b63f',
};

describe('colours', () => {
  it('reads what stylesheets hold', () => {
    expect(parseColor('#f7c33c')).toEqual([247, 195, 60]);
    expect(parseColor(' #fa3 ')).toEqual([255, 170, 51]);
    expect(parseColor('rgb(1, 2, 3)')).toEqual([1, 2, 3]);
    expect(parseColor('nonsense')).toEqual([0, 0, 0]);
  });

  it('lays a colour over a ground', () => {
    expect(over([255, 255, 255], 0.5, [0, 0, 0])).toBe('rgb(128,128,128)');
    expect(veil([1, 2, 3], 0.25)).toBe('rgba(1,2,3,0.250)');
  });
});

describe('the palette', () => {
  const palette = new Palette((name) => TOKENS[name] ?? '', false);

  it('fills louder notes stronger, from .6 to 1', () => {
    const grey = (velocity: number): number =>
      parseColor(palette.fill(1, fillStep(velocity), 1))[0];
    expect(grey(127)).toBe(255);
    expect(grey(1)).toBeGreaterThan(255 * 0.6);
    expect(grey(64)).toBeGreaterThan(grey(1));
    expect(grey(127)).toBeGreaterThan(grey(64));
  });

  it('keeps other tracks behind the current one', () => {
    const own = parseColor(palette.fill(1, 15, 1))[0];
    const other = parseColor(palette.fill(1, 15, 0.7))[0];
    expect(Math.abs(other - own * 0.7)).toBeLessThanOrEqual(1);
  });

  it('gives every velocity a step', () => {
    for (let velocity = 1; velocity <= 127; velocity += 1) {
      expect(fillStep(velocity)).toBeGreaterThanOrEqual(0);
      expect(fillStep(velocity)).toBeLessThan(16);
    }
  });
});
