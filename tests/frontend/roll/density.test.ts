import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Density } from '../../../static/src/roll/density';
import { LEAD, TestRoll } from './test-roll';

const rows = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 40_000 }),
    fc.integer({ min: 50, max: 60 }),
    fc.integer({ min: 1, max: 3000 }),
  ),
  { maxLength: 60 },
);

function covered(roll: TestRoll, bucket: number): Set<string> {
  const cells = new Set<string>();
  for (const { pitch, start, duration } of roll.document.notesOf(LEAD).notes) {
    const last = Math.ceil((start + duration) / bucket);
    for (let at = Math.floor(start / bucket); at < last; at += 1) cells.add(`${pitch}/${at}`);
  }
  return cells;
}

function painted(density: Density, roll: TestRoll, bucket: number): Set<string> {
  const cells = new Set<string>();
  const span = { left: 0, right: 50_000 };
  density.eachRun(LEAD, roll.document.notesOf(LEAD), bucket, span, (pitch, start, end) => {
    for (let at = start / bucket; at < end / bucket; at += 1) cells.add(`${pitch}/${at}`);
  });
  return cells;
}

describe('the song from afar', () => {
  it('covers exactly the buckets in which something sounds', () => {
    fc.assert(fc.property(rows, fc.constantFrom(1, 16, 64), (list, bucket) => {
      const roll = new TestRoll(list);
      expect(painted(new Density(), roll, bucket)).toEqual(covered(roll, bucket));
    }), { numRuns: 30 });
  });

  it('is right again after edits, without being built anew', () => {
    const roll = new TestRoll([[0, 60, 480], [5000, 62, 480], [39_000, 64, 480]]);
    expect(painted(roll.stage.density, roll, 64)).toEqual(covered(roll, 64));
    roll.editing.select([roll.id(0)]);
    roll.actions.transpose(5);
    roll.actions.nudge(9);
    roll.actions.deleteSelection();
    expect(painted(roll.stage.density, roll, 64)).toEqual(covered(roll, 64));
  });

  it('has buckets that are at most a pixel wide', () => {
    for (const pixels of [0.001, 0.013, 0.2, 0.9]) {
      expect(Density.bucketFor(pixels) * pixels).toBeLessThanOrEqual(1);
    }
  });
});
