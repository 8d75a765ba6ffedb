import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Camera } from '../../../static/src/roll/camera';
import { settingAt, snapped } from '../../../static/src/roll/snapping';
import { TestRoll } from './test-roll';

const LONG = Array.from({ length: 60 }, (_, i) => [i * 1920, 50 + (i % 20), 960] as const);

const pixels = fc.integer({ min: -9000, max: 9000 });

describe('looking around', () => {
  it('zooms at the pointer: what is under it stays', () => {
    fc.assert(fc.property(
      fc.integer({ min: 60, max: 850 }), fc.double({ min: 0.5, max: 2, noNaN: true }),
      (x, factor) => {
        const roll = new TestRoll(LONG);
        roll.editing.left.value = 20_000;
        const before = roll.stage.geometry.peek().tick(x);
        new Camera(roll.stage).zoomTime(factor, x);
        expect(roll.stage.geometry.peek().tick(x)).toBeCloseTo(before, 0);
      },
    ), { numRuns: 40 });
  });

  it('never leaves the keyboard or the beginning', () => {
    fc.assert(fc.property(
      fc.array(fc.tuple(pixels, pixels, fc.double({ min: 0.2, max: 4, noNaN: true })), {
        maxLength: 12,
      }),
      (moves) => {
        const roll = new TestRoll(LONG);
        const camera = new Camera(roll.stage);
        for (const [dx, dy, factor] of moves) {
          camera.scrollBy(dx, dy);
          camera.zoomRows(factor, 300);
          camera.zoomTime(factor, 300);
        }
        const { left, top } = roll.editing;
        expect(left.peek()).toBeGreaterThanOrEqual(0);
        expect(top.peek()).toBeLessThanOrEqual(128);
        const geometry = roll.stage.geometry.peek();
        const { grid, rowHeight } = geometry;
        const foot = grid.y + Math.min(grid.height, rowHeight * 128);
        expect(geometry.y(0) + rowHeight).toBeGreaterThanOrEqual(foot - 0.001);
      },
    ), { numRuns: 40 });
  });

  it('opens on the first notes, with rows that can be read', () => {
    const roll = new TestRoll([[0, 84, 480], [480, 96, 480]]);
    new Camera(roll.stage).open();
    const { lowest, highest, rowHeight, left } = roll.stage.geometry.peek();
    expect(lowest).toBeLessThan(84);
    expect(highest).toBeGreaterThan(96);
    expect(rowHeight).toBeGreaterThanOrEqual(10);
    expect(left).toBe(0);
  });

  it('shows the whole score', () => {
    const roll = new TestRoll(LONG);
    roll.actions.zoomToFit();
    const { left, right } = roll.stage.geometry.peek();
    expect(left).toBe(0);
    expect(right).toBeGreaterThanOrEqual(roll.document.end);
  });

  it('glides with the playhead, or turns pages where less motion is wanted', () => {
    const roll = new TestRoll(LONG);
    const camera = new Camera(roll.stage);
    const seen = (): { left: number; right: number } => roll.stage.geometry.peek();
    const { right } = seen();
    camera.follow(right * 0.6, false);
    expect(seen().left).toBeGreaterThan(0);
    roll.editing.left.value = 0;
    camera.follow(right * 0.6, true);
    expect(seen().left).toBe(0);
    camera.follow(right + 10, true);
    expect(seen().left).toBeCloseTo(right + 10, 0);
  });
});

describe('the adaptive grid', () => {
  it('is finer the nearer one looks, and its lines stand apart', () => {
    const roll = new TestRoll();
    roll.editing.snap.value = 'adaptive';
    const at = (zoom: number): string => {
      roll.editing.zoom.value = zoom;
      return settingAt(roll.stage.snapping, 0);
    };
    expect([at(4), at(25), at(100), at(800)]).toEqual(['bar', '1/8', '1/32', '1/64']);
    roll.editing.zoom.value = 100;
    expect(snapped(roll.stage.snapping, 65)).toBe(60);
  });
});
