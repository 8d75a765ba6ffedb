import { describe, expect, it } from 'vitest';

import { TestRoll } from './test-roll';

const FOUR = [
  [0, 60, 240, 40], [240, 60, 240, 60], [480, 60, 240, 80], [720, 60, 240, 100],
] as const;

function laneAt(roll: TestRoll, tick: number, velocity: number): { x: number; y: number } {
  const geometry = roll.stage.geometry.peek();
  return { x: geometry.x(tick) + 2, y: geometry.laneY(velocity) };
}

function ruler(roll: TestRoll, tick: number, foot: number): { x: number; y: number } {
  const geometry = roll.stage.geometry.peek();
  return { x: geometry.x(tick), y: geometry.grid.y - foot };
}

describe('the velocity lane', () => {
  it('drags one dot', () => {
    const roll = new TestRoll(FOUR);
    roll.downAt(laneAt(roll, 240, 60)).moveTo(laneAt(roll, 240, 110)).pointerUp();
    expect(roll.rows.map((row) => row[3])).toEqual([40, 110, 80, 100]);
  });

  it('draws over the stems it passes, as one step of undo', () => {
    const roll = new TestRoll(FOUR);
    roll.downAt(laneAt(roll, 0, 20)).moveTo(laneAt(roll, 720, 20)).pointerUp();
    expect(roll.rows.map((row) => row[3])).toEqual([20, 20, 20, 20]);
    roll.document.undo();
    expect(roll.rows.map((row) => row[3])).toEqual([40, 60, 80, 100]);
  });

  it('draws a straight ramp with shift', () => {
    const roll = new TestRoll(FOUR);
    roll.hold({ shift: true });
    roll.downAt(laneAt(roll, 0, 20)).moveTo(laneAt(roll, 720, 110)).pointerUp();
    const values = roll.rows.map((row) => row[3]);
    expect(values[1]).toBeGreaterThan(values[0] ?? 0);
    expect(values[2]).toBeGreaterThan(values[1] ?? 0);
    expect(values[3]).toBeGreaterThan(100);
  });

  it('changes only what is chosen while something is', () => {
    const roll = new TestRoll(FOUR);
    roll.editing.select([roll.id(1), roll.id(2)]);
    roll.downAt(laneAt(roll, 0, 15)).moveTo(laneAt(roll, 720, 15)).pointerUp();
    expect(roll.rows.map((row) => row[3])).toEqual([40, 15, 15, 100]);
  });

  it('changes nothing on Esc', () => {
    const roll = new TestRoll(FOUR);
    roll.downAt(laneAt(roll, 0, 20)).moveTo(laneAt(roll, 720, 20));
    roll.press('Escape');
    roll.pointerUp();
    expect(roll.rows.map((row) => row[3])).toEqual([40, 60, 80, 100]);
  });
});

describe('the ruler', () => {
  it('moves the playhead by a click, on the grid', () => {
    const roll = new TestRoll();
    roll.downAt(ruler(roll, 1000, 16)).pointerUp();
    expect(roll.player.parked.peek()).toBe(960);
  });

  it('marks whole beats or bars in the upper row and forgets them by a click', () => {
    const roll = new TestRoll();
    roll.downAt(ruler(roll, 1900, 36)).moveTo(ruler(roll, 3900, 36)).pointerUp();
    expect(roll.editing.region.peek()).toEqual({ start: 1920, end: 3840 });
    roll.downAt(ruler(roll, 2500, 36)).pointerUp();
    expect(roll.editing.region.peek()).toBeNull();
  });

  it('gives the former mark back on Esc', () => {
    const roll = new TestRoll();
    roll.editing.region.value = { start: 0, end: 1920 };
    roll.downAt(ruler(roll, 1900, 36)).moveTo(ruler(roll, 3900, 36));
    roll.press('Escape');
    expect(roll.editing.region.peek()).toEqual({ start: 0, end: 1920 });
  });

  it('sets the loop, drags its edges, moves it and switches it', () => {
    const roll = new TestRoll();
    const { loop } = roll.player;
    roll.downAt(ruler(roll, 0, 3)).moveTo(ruler(roll, 1950, 3)).pointerUp();
    expect(loop.peek()).toEqual({ start: 0, end: 1920, on: true });
    roll.downAt(ruler(roll, 1920, 3)).moveTo(ruler(roll, 2880, 3)).pointerUp();
    expect(loop.peek()).toEqual({ start: 0, end: 2880, on: true });
    roll.downAt(ruler(roll, 1000, 3)).moveTo(ruler(roll, 1480, 3)).pointerUp();
    expect(loop.peek()).toEqual({ start: 480, end: 3360, on: true });
    roll.downAt(ruler(roll, 1000, 3)).pointerUp();
    expect(loop.peek()).toEqual({ start: 480, end: 3360, on: false });
  });
});

describe('the keys column', () => {
  it('sounds keys, slides over them, and falls silent', () => {
    const roll = new TestRoll();
    const { y } = roll.place(0, 60);
    const { y: up } = roll.place(0, 62);
    roll.downAt({ x: 10, y }).moveTo({ x: 10, y: up }).pointerUp();
    expect(roll.player.heard).toEqual([
      'on lead0000 60', 'off lead0000 60', 'on lead0000 61', 'off lead0000 61',
      'on lead0000 62', 'off lead0000 62',
    ]);
    expect(roll.stage.pressed.peek().size).toBe(0);
  });
});
