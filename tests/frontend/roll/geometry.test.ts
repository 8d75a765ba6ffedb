import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Geometry, measures } from '../../../static/src/roll/geometry';

const inputs = fc.record({
  width: fc.integer({ min: 320, max: 2560 }),
  height: fc.integer({ min: 300, max: 1600 }),
  left: fc.integer({ min: 0, max: 500_000 }),
  zoom: fc.double({ min: 0.5, max: 900, noNaN: true }),
  top: fc.double({ min: 60, max: 128, noNaN: true }),
  rowHeight: fc.double({ min: 4, max: 36, noNaN: true }),
});

function geometryOf(input: {
  width: number; height: number; left: number; zoom: number; top: number; rowHeight: number;
}): Geometry {
  const sizes = measures(input.width, input.height, true);
  return new Geometry({ ...input, measures: sizes, drumRows: [51, 42, 38, 36], drumTop: 0 });
}

describe('geometry', () => {
  it('goes from music to pixels and back', () => {
    fc.assert(fc.property(inputs, fc.integer({ min: 0, max: 127 }), (input, pitch) => {
      const geometry = geometryOf(input);
      const middle = geometry.y(pitch) + geometry.rowHeight / 2;
      expect(geometry.pitch(middle)).toBe(pitch);
      const tick = input.left + 960;
      expect(geometry.tick(geometry.x(tick))).toBeCloseTo(tick, 3);
    }));
  });

  it('gives every pixel of the roll exactly one area, and areas that do not overlap', () => {
    fc.assert(fc.property(inputs, (input) => {
      const geometry = geometryOf(input);
      const { grid, drums, lane } = geometry;
      expect(grid.y + grid.height).toBeCloseTo(drums.y, 6);
      expect(drums.y + drums.height).toBeCloseTo(lane.y, 6);
      expect(lane.y + lane.height).toBeCloseTo(input.height, 6);
      expect(geometry.area(grid.x + 1, grid.y + 1)).toBe('grid');
    }));
  });

  it('finds the drum of a row, and the velocity of a height', () => {
    const geometry = geometryOf({
      width: 870, height: 784, left: 0, zoom: 25, top: 90, rowHeight: 12,
    });
    for (const pitch of [51, 42, 38, 36]) {
      expect(geometry.drumPitch((geometry.drumY(pitch) ?? 0) + 7)).toBe(pitch);
    }
    expect(geometry.drumY(99)).toBeNull();
    for (const velocity of [1, 64, 127]) {
      expect(geometry.velocity(geometry.laneY(velocity))).toBe(velocity);
    }
  });

  it('leaves minimap and lane out on a phone', () => {
    const sizes = measures(390, 560, true);
    expect(sizes).toMatchObject({ keys: 36, minimap: 0, ruler: 34, lane: 0, phone: true });
  });
});
