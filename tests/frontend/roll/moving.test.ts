import { describe, expect, it } from 'vitest';

import { NO_IDS, previewLater } from '../../../static/src/roll/preview';
import { TestRoll } from './test-roll';

const PAIR = [[0, 60, 480], [480, 62, 480]] as const;

describe('moving notes', () => {
  it('moves by grid steps and rows, written once, as one step of undo', () => {
    const roll = new TestRoll(PAIR);
    let writes = 0;
    roll.document.onWrite(() => { writes += 1; });
    roll.drag([100, 60], [345, 65]);
    expect(roll.rows[0]).toEqual([240, 65, 480, 80]);
    expect(writes).toBe(1);
    roll.document.undo();
    expect(roll.rows[0]).toEqual([0, 60, 480, 80]);
  });

  it('tells the room while it drags and the document only on drop', () => {
    const roll = new TestRoll(PAIR);
    roll.pointerDown(100, 60).pointerMove(580, 63);
    expect(roll.rows[0]).toEqual([0, 60, 480, 80]);
    expect(roll.told.drag).toMatchObject({ kind: 'move', dt: 480, dp: 3, ids: [roll.id(0)] });
    roll.pointerUp();
    expect(roll.told.drag).toBeNull();
    expect(roll.rows.map((row) => row[1])).toContain(63);
  });

  it('leaves everything as it was on Esc', () => {
    const roll = new TestRoll(PAIR);
    roll.pointerDown(100, 60).pointerMove(900, 70);
    roll.press('Escape');
    roll.pointerUp();
    expect(roll.rows).toEqual([[0, 60, 480, 80], [480, 62, 480, 80]]);
    expect(roll.stage.preview.peek()).toBeNull();
    expect(roll.told.drag).toBeNull();
  });

  it('moves all that is chosen and stops where the first would leave the score', () => {
    const roll = new TestRoll(PAIR);
    roll.actions.selectAll();
    roll.drag([700, 62], [220, 64]);
    expect(roll.rows).toEqual([[0, 62, 480, 80], [480, 64, 480, 80]]);
  });

  it('lets go of the grid while the bypass key is held', () => {
    const roll = new TestRoll(PAIR);
    roll.pointerDown(100, 60).hold({ meta: true }).pointerMove(130, 60).pointerUp();
    expect(roll.rows[0]).toEqual([30, 60, 480, 80]);
  });

  it('keeps a note that is off the grid there while it moves straight up', () => {
    const roll = new TestRoll([[37, 60, 480]]);
    roll.drag([100, 60], [101, 67]);
    expect(roll.rows).toEqual([[37, 67, 480, 80]]);
  });

  it('snaps to triplets', () => {
    const roll = new TestRoll(PAIR);
    roll.editing.snap.value = '1/8T';
    roll.drag([100, 60], [100 + 170, 60]);
    expect(roll.rows[0]?.[0]).toBe(160);
  });

  it('copies with alt and leaves the originals', () => {
    const roll = new TestRoll(PAIR);
    roll.hold({ alt: true }).drag([100, 60], [100 + 960, 60]);
    expect(roll.rows).toEqual([[0, 60, 480, 80], [480, 62, 480, 80], [960, 60, 480, 80]]);
    expect(roll.chosen).toEqual([roll.id(2)]);
  });

  it('sounds each new row it reaches', () => {
    const roll = new TestRoll(PAIR);
    roll.pointerDown(100, 60).pointerMove(100, 64).pointerUp();
    expect(roll.player.heard.at(0)).toBe('preview lead0000 60');
    expect(roll.player.heard.at(-1)).toBe('preview lead0000 64');
  });

  it('ends when somebody deletes what is held', () => {
    const roll = new TestRoll(PAIR);
    roll.pointerDown(100, 60).pointerMove(600, 70);
    roll.document.apply({
      label: 'gesture.delete', changes: [{ root: 'notes', key: roll.id(0), value: null }],
    });
    expect(roll.hand.busy).toBe(false);
    expect(roll.editing.status.peek()).toContain('deleted');
    roll.pointerUp();
    expect(roll.rows).toEqual([[480, 62, 480, 80]]);
  });

  it('does not move anything in a score that may only be read', () => {
    const roll = new TestRoll(PAIR);
    roll.stage.ports = { ...roll.stage.ports, document: null };
    roll.drag([100, 60], [900, 70]);
    expect(roll.rows[0]).toEqual([0, 60, 480, 80]);
    expect(roll.chosen).toEqual([roll.id(0)]);
  });
});

describe('a hand that holds many notes', () => {
  const many = Array.from({ length: 200 }, (_, i) => [i * 10, 40 + (i % 40), 10] as const);

  /** A roll whose notes are all in the hand. */
  function holding(): TestRoll {
    const roll = new TestRoll([...many, [9600, 60, 960]]);
    roll.actions.selectAll();
    return roll;
  }

  it('measures them when it takes them, not with each move', () => {
    const roll = holding();
    for (const tick of [9900, 10_550]) {
      roll.pointerDown(tick, 60).pointerMove(tick + 240, 60);
      const first = roll.told.drag;
      const hidden = roll.stage.preview.peek()?.hidden;
      roll.pointerMove(tick + 480, 60);
      expect(roll.told.drag?.dt).not.toBe(first?.dt);
      expect(roll.told.drag?.box).toBe(first?.box);
      expect(roll.told.drag?.ids).toBe(first?.ids);
      expect(roll.stage.preview.peek()?.hidden).toBe(hidden);
      roll.press('Escape');
      roll.pointerUp();
    }
  });

  it('works out where they would be when that is painted, once', () => {
    let times = 0;
    const preview = previewLater({ kind: 'move', before: [], hidden: NO_IDS }, () => {
      times += 1;
      return [];
    });
    expect(times).toBe(0);
    expect(preview.after).toBe(preview.after);
    expect(times).toBe(1);
  });

  it('shows the same notes until they reach another place', () => {
    const roll = holding();
    roll.pointerDown(9900, 60).pointerMove(10_140, 60);
    const shown = roll.stage.preview.peek();
    expect(shown?.after[0]?.start).toBe((shown?.before[0]?.start ?? 0) + 240);
    roll.pointerMove(10_145, 60);
    expect(roll.stage.preview.peek()).toBe(shown);
    roll.pointerMove(10_260, 60);
    expect(roll.stage.preview.peek()?.hidden).toBe(shown?.hidden);
    expect(roll.stage.preview.peek()).not.toBe(shown);
  });

  it('names 64 of them to the room, and the box of all', () => {
    const roll = holding();
    roll.pointerDown(9900, 60).pointerMove(10_140, 60);
    expect(roll.told.drag?.ids).toHaveLength(64);
    expect(roll.told.drag?.box).toEqual([0, 10_560, 40, 79]);
  });

  it('shows what is left when somebody deletes a part of it', () => {
    const roll = holding();
    roll.pointerDown(9900, 60).pointerMove(10_140, 60);
    roll.document.apply({
      label: 'gesture.delete', changes: [{ root: 'notes', key: roll.id(0), value: null }],
    });
    roll.pointerMove(10_142, 60);
    expect(roll.stage.preview.peek()?.after).toHaveLength(many.length);
    expect(roll.told.drag?.box[0]).toBe(10);
  });
});

describe('changing lengths', () => {
  it('drags the end to the grid', () => {
    const roll = new TestRoll(PAIR);
    roll.drag([478, 60], [700, 60]);
    expect(roll.rows[0]).toEqual([0, 60, 720, 80]);
    expect(roll.editing.lastDuration.peek()).toBe(720);
  });

  it('drags the start and leaves the end', () => {
    const roll = new TestRoll([[480, 60, 480]]);
    roll.drag([484, 60], [250, 60]);
    expect(roll.rows).toEqual([[240, 60, 720, 80]]);
  });

  it('leaves a step of the grid, and less only with the bypass key', () => {
    const roll = new TestRoll([[0, 60, 480]]);
    roll.drag([2, 60], [480, 60]);
    expect(roll.rows).toEqual([[360, 60, 120, 80]]);
    const free = new TestRoll([[0, 60, 480]]);
    free.pointerDown(2, 60).hold({ alt: true }).pointerMove(480, 60).pointerUp();
    expect(free.rows).toEqual([[465, 60, 15, 80]]);
  });

  it('never makes a note vanish', () => {
    const roll = new TestRoll([[480, 60, 480]]);
    roll.drag([958, 60], [10, 60]);
    expect(roll.rows[0]?.[2]).toBeGreaterThan(0);
    expect(roll.rows[0]?.[0]).toBe(480);
  });

  it('keeps at least a third of a narrow note for moving', () => {
    const roll = new TestRoll([[480, 60, 60]]);
    roll.drag([510, 60], [510 + 480, 60]);
    expect(roll.rows).toEqual([[960, 60, 60, 80]]);
  });
});
