import { describe, expect, it } from 'vitest';

import { askedRegion, extentOf } from '../../../static/src/roll/asked-region';
import { KIT, LEAD, TestRoll } from './test-roll';

const NOTHING = {
  region: null, loop: null, chosen: null, track: LEAD, cell: { tick: 0, pitch: 60 },
  follows: false,
};

describe('the region of a request', () => {
  it('is the time marked in the ruler before all else', () => {
    const roll = new TestRoll([[0, 60, 480]]);
    const asked = askedRegion(roll.document, {
      ...NOTHING, region: { start: 1920, end: 3840 }, loop: { start: 0, end: 960 },
    });
    expect(asked).toEqual({ start: 1920, end: 3840, tracks: [LEAD], from: 'region' });
  });

  it('is the loop, else the chosen notes with their tracks', () => {
    const roll = new TestRoll([[0, 60, 480], [960, 62, 240]]);
    roll.write([[1200, 38, 120]], KIT);
    const hit = roll.document.notesOf(KIT).notes[0];
    const selection = new Set([roll.id(1), hit?.id ?? '']);
    const asked = askedRegion(roll.document, {
      ...NOTHING, chosen: extentOf(roll.document, selection),
    });
    expect(asked).toEqual({ start: 960, end: 1320, tracks: [LEAD, KIT], from: 'selection' });
    const loop = { start: 0, end: 960 };
    expect(askedRegion(roll.document, { ...NOTHING, loop }).from).toBe('loop');
  });

  it('is the next four bars after the last note', () => {
    const roll = new TestRoll([[0, 60, 1920], [1920, 60, 10]]);
    const asked = askedRegion(roll.document, NOTHING);
    expect(asked).toEqual({ start: 3840, end: 3840 + 4 * 1920, tracks: [LEAD], from: 'next' });
  });

  it('is after the note that ends last, even where later ones begin and end before it', () => {
    const rows = [[0, 60, 1920 * 3 + 10], [960, 62, 40], [1920, 62, 40]] as const;
    expect(askedRegion(new TestRoll(rows).document, NOTHING).start).toBe(1920 * 4);
  });

  it('follows the tracks of the chosen notes, however long the other tracks are', () => {
    const roll = new TestRoll([[0, 60, 480], [960, 62, 240]]);
    roll.write([[9600, 38, 120]], KIT);
    const selection = new Set([roll.id(0)]);
    const chosen = extentOf(roll.document, selection);
    const asked = askedRegion(roll.document, { ...NOTHING, chosen, follows: true });
    expect(asked).toEqual({ start: 1920, end: 1920 * 5, tracks: [LEAD], from: 'next' });
  });

  it('begins right after a note that ends with its bar', () => {
    const roll = new TestRoll([[0, 60, 1920]]);
    expect(askedRegion(roll.document, NOTHING).start).toBe(1920);
  });

  it('begins in the bar of the cell while the score is empty', () => {
    const cell = { tick: 2000, pitch: 60 };
    const asked = askedRegion(new TestRoll().document, { ...NOTHING, cell });
    expect(asked).toMatchObject({ start: 1920, end: 1920 * 5 });
  });

  it('ignores notes that are gone and spans that are empty', () => {
    const roll = new TestRoll([[0, 60, 480]]);
    const asked = askedRegion(roll.document, {
      ...NOTHING, chosen: extentOf(roll.document, new Set(['gone'])), region: { start: 5, end: 5 },
    });
    expect(asked.from).toBe('next');
  });
});
