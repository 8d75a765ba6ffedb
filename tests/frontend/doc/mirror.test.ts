import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { compareNotes } from '../../../static/src/doc/note-list';
import { Roots } from '../../../static/src/doc/roots';
import { Mirror } from '../../../static/src/doc/mirror';
import { ScoreDocument } from '../../../static/src/doc/score-document';
import { RECOVERED_TRACK, type ScoreChange } from '../../../static/src/doc/score-view';
import { changes } from './arbitrary';
import { BASS, content, copyOf, joined, LEAD, newScore, note, rawWrite, reading, write } from './scores';
import { noteValue } from '../../../static/src/doc/values';

describe('the score beside the document', () => {
  it('equals one that is built anew, after any edits of two people', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), changes), { maxLength: 12 }), (edits) => {
        const [mine, theirs] = joined(2) as [ScoreDocument, ScoreDocument];
        for (const [own, list] of edits) (own ? mine : theirs).apply({ label: 'x', changes: list });
        expect(reading(mine)).toEqual(reading(new ScoreDocument(copyOf(mine.ydoc))));
        expect(reading(theirs)).toEqual(reading(mine));
      }),
    );
  });

  it('is the same for everyone once all have heard each other, however late', () => {
    const step = fc.record({
      who: fc.integer({ min: 0, max: 2 }),
      edit: fc.option(changes),
      hears: fc.integer({ min: 0, max: 2 }),
      undo: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const first = newScore();
        const scores = [first, ...[1, 2].map(() => new ScoreDocument(copyOf(first.ydoc)))];
        const hear = (to: ScoreDocument, from: ScoreDocument): void => {
          const known = Y.encodeStateVector(to.ydoc);
          Y.applyUpdate(to.ydoc, Y.encodeStateAsUpdate(from.ydoc, known));
        };
        for (const { who, edit, hears, undo } of steps) {
          const [score, other] = [scores[who] ?? first, scores[hears] ?? first];
          if (edit !== null) score.apply({ label: 'x', changes: edit });
          if (undo) score.undo();
          hear(score, other);
          expect(reading(score)).toEqual(reading(new ScoreDocument(copyOf(score.ydoc))));
        }
        for (const to of scores) for (const from of scores) hear(to, from);
        for (const to of scores) for (const from of scores) hear(to, from);
        for (const score of scores) expect(content(score)).toEqual(content(first));
        for (const score of scores) expect(reading(score)).toEqual(reading(first));
      }),
    );
  });

  it('tells every note that changed, with what it was and what it is', () => {
    fc.assert(
      fc.property(fc.array(changes, { maxLength: 8 }), (edits) => {
        const score = newScore();
        const known = new Map<string, unknown>();
        score.onChange(({ notes }) => {
          for (const [id, { before, after }] of notes) {
            expect(before).toEqual(known.get(id) ?? null);
            if (after === null) known.delete(id);
            else known.set(id, after);
          }
        });
        for (const list of edits) score.apply({ label: 'x', changes: list });
        expect(known.size).toBe(score.noteCount);
        for (const [id, value] of known) expect(score.note(id)).toEqual(value);
      }),
    );
  });

  it('stays in order when many notes come and go at once', () => {
    const score = newScore();
    const many = Array.from({ length: 500 }, (_, index) =>
      note({ start: (index * 7919) % 10_000, pitch: index % 128, duration: 1 + (index % 50) }),
    );
    write(score, ...many.map((one) => ({ root: 'notes' as const, key: one.id, value: noteValue(one) })));
    const { notes, longest } = score.notesOf(LEAD);
    expect(notes).toHaveLength(500);
    expect(longest).toBe(50);
    expect(notes).toEqual([...notes].sort(compareNotes));
    write(score, ...many.slice(0, 480).map((one) => ({ root: 'notes' as const, key: one.id, value: null })));
    expect(reading(score)).toEqual(reading(new ScoreDocument(copyOf(score.ydoc))));
    expect(score.notesOf(LEAD).firstFrom(-1)).toBe(0);
    expect(score.notesOf(LEAD).firstFrom(20_000)).toBe(20);
  });

  it('shows notes without a track on "Recovered", and back on theirs when it returns', () => {
    const score = newScore();
    const one = note({ track: BASS });
    write(score, { root: 'notes', key: one.id, value: noteValue(one) });
    write(score, { root: 'tracks', key: `${BASS}:order`, value: null });
    expect(score.tracks.map(({ id }) => id)).toEqual([LEAD, RECOVERED_TRACK]);
    expect(score.notesOf(RECOVERED_TRACK).notes.map(({ id }) => id)).toEqual([one.id]);
    expect(score.note(one.id)?.track).toBe(RECOVERED_TRACK);

    // An edit of a recovered note leaves the document's own word for its track.
    write(score, {
      root: 'notes',
      key: one.id,
      value: noteValue({ ...one, track: RECOVERED_TRACK, pitch: 40 }),
    });
    expect(content(score)['notes']?.[one.id]).toEqual([BASS, 40, 0, 240, 100]);

    write(score, { root: 'tracks', key: `${BASS}:order`, value: 'z' });
    expect(score.tracks.map(({ id }) => id)).toEqual([LEAD, BASS]);
    expect(score.notesOf(BASS).notes.map(({ pitch }) => pitch)).toEqual([40]);
  });

  it('takes what makes no sense for absent, and missing fields for their defaults', () => {
    const score = newScore();
    for (const [key, value] of [
      ['short', [LEAD, 60, 0]],
      ['half', [LEAD, 60.5, 0, 10, 90]],
      ['low', [LEAD, -1, 0, 10, 90]],
      ['late', [LEAD, 60, -5, 10, 90]],
      ['none', [LEAD, 60, 0, 0, 90]],
      ['loud', [LEAD, 60, 0, 10, 128]],
      ['text', 'note'],
    ] as const) {
      rawWrite(score, 'notes', key, value);
    }
    rawWrite(score, 'tempo', '01', [500_000, 0]);
    rawWrite(score, 'tempo', '960', [1, 0]);
    rawWrite(score, 'meter', '960', [4, 3]);
    rawWrite(score, 'tracks', `${LEAD}:volume`, 'loud');
    expect(score.noteCount).toBe(0);
    expect(score.tempoEvents).toHaveLength(1);
    expect(score.meterEvents).toHaveLength(1);
    expect(score.track(LEAD)).toMatchObject({ volume: 100, pan: 64, kind: 'pitched', mute: false });
  });

  it('calls the first content "load", ours "local", others’ "remote"', () => {
    const [mine, theirs] = joined(2) as [ScoreDocument, ScoreDocument];
    const origins: ScoreChange['origin'][] = [];
    mine.onChange(({ origin }) => origins.push(origin));
    const one = note();
    write(mine, { root: 'notes', key: one.id, value: noteValue(one) });
    write(theirs, { root: 'notes', key: one.id, value: null });
    mine.undo();
    expect(origins).toEqual(['local', 'remote']);
    const empty = new ScoreDocument();
    empty.onChange(({ origin }) => origins.push(origin));
    empty.moveTo(copyOf(mine.ydoc));
    expect(origins.at(-1)).toBe('load');
  });

  it('shows another document in place, telling only what differs', () => {
    const score = newScore();
    const stays = note();
    const goes = note({ start: 480 });
    for (const one of [stays, goes]) {
      write(score, { root: 'notes', key: one.id, value: noteValue(one) });
    }
    const other = copyOf(score.ydoc);
    other.getMap('notes').delete(goes.id);
    const told: ScoreChange[] = [];
    score.onChange((change) => told.push(change));
    score.moveTo(other);
    expect([...(told[0]?.notes.keys() ?? [])]).toEqual([goes.id]);
    expect(reading(score)).toEqual(reading(new ScoreDocument(copyOf(other))));
    expect(write(score, { root: 'notes', key: goes.id, value: noteValue(goes) })).toBe(true);
    expect(other.getMap('notes').has(goes.id)).toBe(true);
  });

  it('builds from a document that is already full', () => {
    const score = newScore();
    const one = note({ start: 960, duration: 480 });
    write(score, { root: 'notes', key: one.id, value: noteValue(one) });
    const mirror = new Mirror(new Roots(copyOf(score.ydoc)));
    expect(mirror.end).toBe(1440);
    expect(mirror.noteCount).toBe(1);
  });
});
