import { describe, expect, it } from 'vitest';

import { TestRoll } from './test-roll';

const SCALE = [[0, 60, 480], [480, 62, 480], [960, 64, 480]] as const;

describe('the cell', () => {
  it('moves by the grid and by semitones', () => {
    const roll = new TestRoll();
    roll.editing.snap.value = '1/8';
    roll.press('ArrowRight');
    roll.press('ArrowRight');
    roll.press('ArrowUp');
    expect(roll.editing.cell.peek()).toEqual({ tick: 480, pitch: 61 });
    roll.press('ArrowLeft');
    expect(roll.editing.cell.peek().tick).toBe(240);
  });

  it('stays on the keyboard and inside the score', () => {
    const roll = new TestRoll();
    roll.editing.cell.value = { tick: 0, pitch: 127 };
    roll.press('ArrowUp');
    roll.press('ArrowLeft');
    expect(roll.editing.cell.peek()).toEqual({ tick: 0, pitch: 127 });
  });

  it('writes a note with Enter and takes it away again', () => {
    const roll = new TestRoll();
    roll.press('ArrowRight');
    roll.press('Enter');
    expect(roll.rows).toEqual([[120, 60, 480, 88]]);
    roll.press('Enter');
    expect(roll.rows).toEqual([]);
  });

  it('says what is there', () => {
    const roll = new TestRoll([[480, 69, 480, 84]]);
    roll.editing.cell.value = { tick: 360, pitch: 69 };
    roll.press('ArrowRight');
    expect(roll.editing.spoken.peek()).toBe('A4, bar 1 beat 2, lead0000, note, velocity 84');
    roll.press('ArrowUp');
    expect(roll.editing.spoken.peek()).toBe('A♯4, bar 1 beat 2, lead0000, empty');
  });

  it('goes from note to note, and from bar to bar', () => {
    const roll = new TestRoll(SCALE);
    roll.press('PageDown', { shiftKey: true });
    expect(roll.editing.cell.peek()).toEqual({ tick: 480, pitch: 62 });
    roll.press('PageUp', { shiftKey: true });
    expect(roll.editing.cell.peek()).toEqual({ tick: 0, pitch: 60 });
    roll.press('PageDown');
    expect(roll.editing.cell.peek().tick).toBe(1920);
  });

  it('chooses along time with shift', () => {
    const roll = new TestRoll(SCALE);
    roll.editing.snap.value = '1/4';
    roll.press('ArrowRight', { shiftKey: true });
    roll.press('ArrowRight', { shiftKey: true });
    expect(roll.chosen).toEqual([roll.id(0), roll.id(1)].sort());
  });

  it('comes into sight when it leaves the screen', () => {
    const roll = new TestRoll();
    for (let i = 0; i < 12; i += 1) roll.press('PageDown');
    const { left, right } = roll.stage.geometry.peek();
    const { tick } = roll.editing.cell.peek();
    expect(tick).toBeGreaterThan(left);
    expect(tick).toBeLessThan(right);
  });
});

describe('the chosen notes by keys', () => {
  it('move with alt and arrows', () => {
    const roll = new TestRoll(SCALE);
    roll.editing.select([roll.id(2)]);
    roll.press('ArrowRight', { altKey: true });
    roll.press('ArrowUp', { altKey: true });
    expect(roll.rows[2]).toEqual([1080, 65, 480, 80]);
  });

  it('are let go with Escape, one thing at a time', () => {
    const roll = new TestRoll(SCALE);
    roll.editing.region.value = { start: 0, end: 480 };
    roll.actions.selectAll();
    expect(roll.press('Escape')).toBe(true);
    expect(roll.chosen).toEqual([]);
    expect(roll.editing.region.peek()).not.toBeNull();
    expect(roll.press('Escape')).toBe(true);
    expect(roll.editing.region.peek()).toBeNull();
    expect(roll.press('Escape')).toBe(false);
  });

  it('leaves Tab to the page while no candidate is open', () => {
    expect(new TestRoll(SCALE).press('Tab')).toBe(false);
  });

  it('repeat after themselves and stay chosen', () => {
    const roll = new TestRoll(SCALE);
    roll.actions.selectAll();
    roll.actions.duplicate();
    expect(roll.rows).toHaveLength(6);
    expect(roll.chosen).toHaveLength(3);
    expect(roll.chosen).toContain(roll.id(3));
  });
});
