import { describe, expect, it } from 'vitest';

import { TestRoll } from './test-roll';

const SCALE = [[0, 60, 480], [480, 62, 480], [960, 64, 480], [1440, 65, 480]] as const;

describe('choosing notes', () => {
  it('chooses the note that is clicked, alone', () => {
    const roll = new TestRoll(SCALE);
    roll.click(100, 60).click(600, 62);
    expect(roll.chosen).toEqual([roll.id(1)]);
  });

  it('adds with shift and takes away again', () => {
    const roll = new TestRoll(SCALE);
    roll.click(100, 60).hold({ shift: true }).click(600, 62);
    expect(roll.chosen).toHaveLength(2);
    roll.click(600, 62);
    expect(roll.chosen).toEqual([roll.id(0)]);
  });

  it('lets go of everything on a click beside the notes', () => {
    const roll = new TestRoll(SCALE);
    roll.click(100, 60).click(1200, 70);
    expect(roll.chosen).toEqual([]);
  });

  it('takes what the marquee touches, however slightly, and never snaps it', () => {
    const roll = new TestRoll(SCALE);
    roll.drag([470, 66], [490, 59]);
    expect(roll.chosen).toEqual([roll.id(0), roll.id(1)].sort());
    expect(roll.stage.marquee.peek()).toBeNull();
  });

  it('gives the former choice back when the marquee is cancelled', () => {
    const roll = new TestRoll(SCALE);
    roll.click(100, 60).pointerDown(900, 70).pointerMove(2000, 60);
    expect(roll.chosen.length).toBeGreaterThan(1);
    expect(roll.press('Escape')).toBe(true);
    expect(roll.chosen).toEqual([roll.id(0)]);
    roll.pointerUp();
    expect(roll.chosen).toEqual([roll.id(0)]);
  });

  it('makes the track of the clicked note the current one', () => {
    const roll = new TestRoll(SCALE);
    roll.write([[0, 38, 120]], 'kit00000');
    roll.editing.track.value = 'lead0000';
    const geometry = roll.stage.geometry.peek();
    roll.downAt({ x: geometry.x(20), y: (geometry.drumY(38) ?? 0) + 7 }).pointerUp();
    expect(roll.editing.track.peek()).toBe('kit00000');
  });

  it('forgets notes that somebody else deleted', () => {
    const roll = new TestRoll(SCALE);
    roll.actions.selectAll();
    const gone = roll.id(2);
    roll.document.apply({
      label: 'gesture.delete', changes: [{ root: 'notes', key: gone, value: null }],
    });
    expect(roll.chosen).toHaveLength(3);
    expect(roll.chosen).not.toContain(gone);
  });

  it('plays what is clicked', () => {
    const roll = new TestRoll(SCALE);
    roll.click(100, 60);
    expect(roll.player.heard).toEqual(['preview lead0000 60']);
  });
});
