import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyNotes, readCopied } from '../../../static/src/doc/clipboard';
import { addNotes } from '../../../static/src/doc/gestures/add-notes';
import { idsAdded } from '../../../static/src/doc/gestures/duplicate-notes';
import { muteNotes } from '../../../static/src/doc/gestures/mute-notes';
import { pasteNotes } from '../../../static/src/doc/gestures/paste-notes';
import { noteValue } from '../../../static/src/doc/values';
import type { Note } from '../../../static/src/music/notes';
import { BASS, LEAD, newScore, note } from './scores';

const apart = fc.uniqueArray(
  fc.record({
    track: fc.constantFrom(LEAD, BASS),
    pitch: fc.integer({ min: 0, max: 127 }),
    start: fc.integer({ min: 0, max: 20 }).map((step) => step * 240),
    duration: fc.integer({ min: 1, max: 240 }),
    velocity: fc.integer({ min: 1, max: 127 }),
  }),
  {
    minLength: 1,
    maxLength: 20,
    selector: ({ track, pitch, start }) => `${track} ${pitch} ${start}`,
  },
);

describe('the clipboard', () => {
  it('brings notes back as they were, elsewhere in time, in another score', () => {
    fc.assert(
      fc.property(apart, fc.integer({ min: 0, max: 9600 }), (list, tick) => {
        const [from, to] = [newScore(), newScore()];
        const notes = list.map((fields) => note(fields));
        from.apply(addNotes(from, notes));
        const text = copyNotes(from, notes.map(({ id }) => id)) ?? '';
        const copied = readCopied(text);
        if (copied === null) throw new Error('nothing was copied');
        const gesture = pasteNotes(to, copied, tick, LEAD);
        to.apply(gesture);
        const first = Math.min(...notes.map(({ start }) => start));
        const several = new Set(notes.map(({ track }) => track)).size > 1;
        const key = (one: Note): string => noteValue(one).join(' ');
        const wanted = notes.map((one) =>
          key({ ...one, track: several ? one.track : LEAD, start: one.start - first + tick }),
        );
        const got = idsAdded(newScore(), gesture).flatMap((id) => to.note(id) ?? []).map(key);
        expect(got.sort()).toEqual(wanted.sort());
      }),
    );
  });

  it('repeats a phrase where it is pasted onto itself', () => {
    const score = newScore();
    const phrase = [note({ start: 0, duration: 480, pitch: 60 }), note({ start: 480, pitch: 62 })];
    score.apply(addNotes(score, phrase));
    const copied = readCopied(copyNotes(score, phrase.map(({ id }) => id)) ?? '');
    if (copied === null) throw new Error('nothing was copied');
    for (const length of [2, 4, 6]) {
      expect(score.noteCount).toBe(length);
      score.apply(pasteNotes(score, copied, 0, LEAD));
    }
    const starts = score.notesOf(LEAD).notes.map(({ start }) => start);
    expect(starts).toEqual([0, 480, 960, 1440, 1920, 2400, 2880, 3360]);
  });

  it('keeps mutes', () => {
    const score = newScore();
    const one = note();
    score.apply(addNotes(score, [one]));
    score.apply(muteNotes(score, [one.id], true));
    const copied = readCopied(copyNotes(score, [one.id]) ?? '');
    if (copied === null) throw new Error('nothing was copied');
    const gesture = pasteNotes(score, copied, 960, LEAD);
    const [id = ''] = idsAdded(score, gesture);
    score.apply(gesture);
    expect(score.isMuted(id)).toBe(true);
  });

  it('copies nothing from nothing', () => {
    expect(copyNotes(newScore(), ['missingOne'])).toBeNull();
  });

  it('takes no text but its own', () => {
    const score = newScore();
    const one = note();
    score.apply(addNotes(score, [one]));
    const text = copyNotes(score, [one.id]) ?? '';
    for (const other of ['', 'hello', '{', '{"kind":"antiphon/notes"}', 'null', text.slice(0, -2)]) {
      expect(readCopied(other)).toBeNull();
    }
    expect(readCopied(text.replace(',100,', ',500,'))).toBeNull();
    fc.assert(fc.property(fc.json(), (json) => { expect(readCopied(json)).toBeNull(); }));
  });
});
