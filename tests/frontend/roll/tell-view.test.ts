import { describe, expect, it, vi } from 'vitest';

import { tellView } from '../../../static/src/roll/tell-view';
import { TestRoll } from './test-roll';

const LARGE = Array.from({ length: 5200 }, (_, i) => [i * 10, 20 + (i % 80), 10] as const);

describe('what others hear of a choice', () => {
  it('is its number, its box, and 64 of its notes', () => {
    const roll = new TestRoll(LARGE.slice(0, 100));
    const stop = tellView(roll.stage);
    roll.actions.selectAll();
    expect(roll.told.select).toMatchObject({ n: 100, box: [0, 1000, 20, 99] });
    expect(roll.told.select?.ids).toHaveLength(64);
    roll.editing.clearSelection();
    expect(roll.told.select).toBeNull();
    stop();
  });

  it('waits for the end of the marquee where the choice is large', () => {
    const roll = new TestRoll(LARGE);
    const stop = tellView(roll.stage);
    const reads = vi.spyOn(roll.stage, 'notes');
    const all = roll.notes.map(({ id }) => id);
    for (const width of [10, 20, 30]) {
      roll.stage.marquee.value = { x: 0, y: 0, width, height: 10 };
      roll.editing.select(all);
    }
    expect(reads).not.toHaveBeenCalled();
    expect(roll.told.select).toBeNull();
    roll.stage.clearPreview();
    expect(roll.told.select?.n).toBe(all.length);
    stop();
  });
});
