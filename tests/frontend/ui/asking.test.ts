import { describe, expect, it, vi } from 'vitest';

import { addTrack, deleteTrack } from '../../../static/src/doc/gestures/tracks';
import { TestDesk } from './test-desk';

const BAR = 1920;

describe('the next request', () => {
  it('speaks of whole bars around what is to be filled in', () => {
    const test = new TestDesk();
    test.desk.asking.kind.value = 'infill';
    test.editing.select(test.write([[BAR + 240, 60, 480], [BAR * 2 + 10, 64, 100]]));
    expect(test.desk.asking.region.value).toMatchObject({
      start: BAR, end: BAR * 3, tracks: [test.track],
    });
  });

  it('follows the bars typed into the sentence', () => {
    const test = new TestDesk();
    test.desk.asking.markBars(4, 7);
    expect(test.editing.region.value).toEqual({ start: BAR * 4, end: BAR * 8 });
    expect(test.desk.asking.region.value).toMatchObject({ start: BAR * 4, end: BAR * 8 });
  });

  it('reads the chosen notes with the choice, not with each mark in the ruler', () => {
    const test = new TestDesk();
    test.desk.asking.kind.value = 'infill';
    test.editing.select(test.write([[0, 60, 480], [480, 64, 100]]));
    expect(test.desk.asking.region.value?.from).toBe('selection');
    const reads = vi.spyOn(test.document, 'note');
    for (const bar of [1, 2, 3]) {
      test.editing.region.value = { start: BAR * bar, end: BAR * (bar + 1) };
      expect(test.desk.asking.region.value?.start).toBe(BAR * bar);
    }
    expect(reads).not.toHaveBeenCalled();
  });

  it('carries only the wishes that were made', () => {
    const test = new TestDesk();
    test.write([[0, 60, BAR]]);
    test.desk.asking.wish('density', 1.5);
    test.desk.asking.wish('tempo', 90);
    test.desk.asking.wish('tempo', null);
    test.desk.ask();
    expect(test.asked).toEqual([{
      kind: 'continue', controls: { density: 1.5 }, candidates: 2,
      region: { tracks: [test.track], start: BAR, end: BAR * 5 },
    }]);
  });

  it('keeps a chosen track only while there is one', () => {
    const test = new TestDesk();
    test.desk.asking.tracks.value = ['gone0000'];
    expect(test.desk.asking.region.value?.tracks).toEqual([test.track]);
  });

  it('leaves drum tracks out', () => {
    const test = new TestDesk();
    const kit = addTrack(test.document, { name: 'Kit', kind: 'drums' });
    test.document.apply(kit);
    test.editing.track.value = kit.track;
    expect(test.desk.asking.region.value?.tracks).toEqual([test.track]);
    test.desk.asking.tracks.value = [kit.track];
    expect(test.desk.asking.region.value?.tracks).toEqual([test.track]);
    test.document.apply(deleteTrack(test.document, test.track));
    expect(test.desk.asking.region.value).toBeNull();
  });

  it('on a template goes to the copy instead', () => {
    const test = new TestDesk();
    test.desk.template.value = true;
    const copied: unknown[] = [];
    test.desk.copyFirst = (request) => { copied.push(request); };
    test.desk.ask();
    expect(test.asked).toEqual([]);
    expect(copied).toHaveLength(1);
  });
});

describe('saving', () => {
  it('says saved only when the server has confirmed everything', () => {
    const { desk, unacked, status } = new TestDesk();
    expect(desk.saved.value).toBe('saved');
    unacked.value = 3;
    expect(desk.saved.value).toBe('saving');
    status.value = 'offline';
    expect(desk.saved.value).toBe('waiting');
    status.value = 'stopped';
    expect(desk.saved.value).toBe('failed');
    unacked.value = 0;
    expect(desk.saved.value).toBe('saved');
  });
});
