import { describe, expect, it } from 'vitest';

import { deleteTrack } from '../../../static/src/doc/gestures/tracks';
import { t } from '../../../static/src/i18n/catalogue';
import { KIT, LEAD, TestRoll } from './test-roll';

describe('drawing', () => {
  it('adds a note of the last length at the cell that is clicked', () => {
    const roll = new TestRoll();
    roll.editing.setTool('draw');
    roll.editing.lastDuration.value = 240;
    roll.click(130, 67);
    expect(roll.rows).toEqual([[120, 67, 240, 88]]);
    expect(roll.chosen).toEqual([roll.id(0)]);
  });

  it('takes its length from the drag and remembers it', () => {
    const roll = new TestRoll();
    roll.editing.setTool('draw');
    roll.drag([0, 60], [730, 60]);
    expect(roll.rows).toEqual([[0, 60, 720, 88]]);
    roll.click(960, 62);
    expect(roll.rows[1]).toEqual([960, 62, 720, 88]);
  });

  it('sounds from press to release', () => {
    const roll = new TestRoll();
    roll.editing.setTool('draw');
    roll.pointerDown(0, 60);
    expect(roll.player.heard).toEqual(['on lead0000 60']);
    roll.pointerUp();
    expect(roll.player.heard).toEqual(['on lead0000 60', 'off lead0000 60']);
  });

  it('writes nothing and falls silent on Esc', () => {
    const roll = new TestRoll();
    roll.editing.setTool('draw');
    roll.pointerDown(0, 60).pointerMove(900, 60);
    roll.press('Escape');
    roll.pointerUp();
    expect(roll.rows).toEqual([]);
    expect(roll.player.heard.at(-1)).toBe('off lead0000 60');
  });

  it('ends where somebody deletes its track: no stray note is written', () => {
    const roll = new TestRoll();
    roll.editing.setTool('draw');
    roll.pointerDown(0, 60).pointerMove(900, 60);
    roll.document.apply(deleteTrack(roll.document, LEAD));
    expect(roll.hand.busy).toBe(false);
    expect(roll.editing.status.peek()).toBe(t('roll.gone'));
    expect(roll.player.heard.at(-1)).toBe(`off ${LEAD} 60`);
    roll.pointerUp();
    expect(roll.document.noteCount).toBe(0);
    expect(roll.document.tracks.map(({ id }) => id)).toEqual([KIT]);
  });

  it('moves a note that is already there', () => {
    const roll = new TestRoll([[0, 60, 480]]);
    roll.editing.setTool('draw');
    roll.drag([100, 60], [580, 62]);
    expect(roll.rows).toEqual([[480, 62, 480, 80]]);
  });

  it('shortens an earlier note of the same pitch', () => {
    const roll = new TestRoll([[0, 60, 960]]);
    roll.editing.setTool('draw');
    roll.editing.snap.value = '1/4';
    roll.drag([1000, 61], [1400, 61]).drag([1100, 61], [620, 60]);
    expect(roll.rows[0]).toEqual([0, 60, 480, 80]);
  });

  it('writes into a drum row on the drum track', () => {
    const roll = new TestRoll();
    roll.editing.track.value = KIT;
    roll.editing.setTool('draw');
    const geometry = roll.stage.geometry.peek();
    roll.downAt({ x: geometry.x(481), y: (geometry.drumY(38) ?? 0) + 7 }).pointerUp();
    const [hit] = roll.document.notesOf(KIT).notes;
    expect(hit).toMatchObject({ pitch: 38, start: 480, track: KIT });
  });
});

describe('double click with the select tool', () => {
  it('adds a note, and takes one away', () => {
    const roll = new TestRoll();
    roll.doubleClick(500, 64);
    expect(roll.rows).toEqual([[480, 64, 480, 88]]);
    roll.doubleClick(600, 64);
    expect(roll.rows).toEqual([]);
  });
});

describe('erasing', () => {
  it('takes all that a fast hand passes, as one step of undo', () => {
    const roll = new TestRoll([[0, 60, 240], [240, 60, 240], [480, 60, 240], [960, 60, 240]]);
    roll.editing.setTool('erase');
    roll.drag([10, 60], [700, 60]);
    expect(roll.rows).toEqual([[960, 60, 240, 80]]);
    roll.document.undo();
    expect(roll.rows).toHaveLength(4);
  });

  it('spares them all on Esc', () => {
    const roll = new TestRoll([[0, 60, 240], [240, 60, 240]]);
    roll.editing.setTool('erase');
    roll.pointerDown(10, 60).pointerMove(400, 60);
    roll.press('Escape');
    roll.pointerUp();
    expect(roll.rows).toHaveLength(2);
  });
});

describe('splitting and muting', () => {
  it('cuts on the grid', () => {
    const roll = new TestRoll([[0, 60, 960]]);
    roll.editing.setTool('split');
    roll.click(470, 60);
    expect(roll.rows).toEqual([[0, 60, 480, 80], [480, 60, 480, 80]]);
  });

  it('silences what it passes and gives it back', () => {
    const roll = new TestRoll([[0, 60, 240], [240, 62, 240]]);
    roll.editing.setTool('mute');
    roll.drag([10, 60], [300, 62]);
    expect(roll.notes.map((note) => roll.document.isMuted(note.id))).toEqual([true, true]);
    roll.click(10, 60);
    expect(roll.document.isMuted(roll.id(0))).toBe(false);
  });
});
