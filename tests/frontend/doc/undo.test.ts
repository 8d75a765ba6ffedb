import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change, Scalar, Value } from '../../../static/src/doc/gesture';
import type { ScoreDocument } from '../../../static/src/doc/score-document';
import { addTrack, deleteTrack } from '../../../static/src/doc/gestures/tracks';
import { deleteNotes } from '../../../static/src/doc/gestures/delete-notes';
import { moveNotes } from '../../../static/src/doc/gestures/move-notes';
import { transposeNotes } from '../../../static/src/doc/gestures/transpose-notes';
import { addNotes } from '../../../static/src/doc/gestures/add-notes';
import { noteValue } from '../../../static/src/doc/values';
import { changes, noteChange } from './arbitrary';
import { BASS, content, joined, LEAD, newScore, note, write } from './scores';

const gestures = fc.array(changes, { maxLength: 8 });

function pair(): [ScoreDocument, ScoreDocument] {
  return joined(2) as [ScoreDocument, ScoreDocument];
}

function set(key: string, value: Change['value']): Change {
  return { root: 'notes', key, value };
}

describe('undo alone', () => {
  it('brings back exactly what was there, and redo what was done', () => {
    fc.assert(
      fc.property(gestures, (list) => {
        const score = newScore();
        const states = [content(score)];
        for (const one of list) {
          if (score.apply({ label: 'x', changes: one })) states.push(content(score));
        }
        for (let step = states.length - 1; step > 0; step -= 1) {
          expect(score.undo()).toMatchObject({ left: 0 });
          expect(content(score)).toEqual(states[step - 1]);
        }
        expect(score.undo()).toBeNull();
        for (let step = 1; step < states.length; step += 1) {
          expect(score.redo()).toMatchObject({ left: 0 });
          expect(content(score)).toEqual(states[step]);
        }
        expect(score.redo()).toBeNull();
      }),
    );
  });

  it('is one transaction a step, and nothing at all for a gesture that changes nothing', () => {
    const score = newScore();
    const one = note();
    let updates = 0;
    score.ydoc.on('update', () => (updates += 1));
    write(score, set(one.id, noteValue(one)), { root: 'noteAttrs', key: `${one.id}:lyric`, value: 'la' });
    expect(updates).toBe(1);
    expect(write(score, set(one.id, noteValue(one)))).toBe(false);
    expect(updates).toBe(1);
    score.undo();
    expect(updates).toBe(2);
    expect(content(score)['noteAttrs']).toEqual({});
  });

  it('forgets what could be redone when something new is done', () => {
    const score = newScore();
    const [one, two] = [note(), note({ start: 480 })];
    write(score, set(one.id, noteValue(one)));
    score.undo();
    expect(score.history.value).toEqual({ undo: null, redo: 'gesture.test' });
    write(score, set(two.id, noteValue(two)));
    expect(score.redo()).toBeNull();
    expect(score.history.value).toEqual({ undo: 'gesture.test', redo: null });
  });
});

/** Slots of a note; a missing one is nobody's business. */
type Slots = readonly (Scalar | undefined)[];

/**
 * Two people in one score, and what the other one's word on each note is: the slots that they
 * wrote last, null where they deleted it. Ids are random, so nobody makes a note again that was
 * deleted; and a slot to which they bring back what I once wrote is mine again (undo is by value).
 */
class Couple {
  readonly mine: ScoreDocument;
  readonly theirs: ScoreDocument;
  private readonly word = new Map<string, Slots | null>();
  private readonly ever = new Set<string>();
  /** `key slot value` of all that I ever wrote. */
  private readonly mineEver = new Set<string>();

  constructor() {
    [this.mine, this.theirs] = pair();
  }

  doMine(edits: readonly Change[]): void {
    const list = this.possible(edits);
    const before = this.notes();
    this.mine.apply({ label: 'x', changes: list });
    for (const { root, key } of list) if (root === 'notes') this.word.delete(key);
    this.sign(before);
  }

  doTheirs(edits: readonly Change[]): void {
    const list = this.possible(edits);
    const before = this.notes();
    this.theirs.apply({ label: 'x', changes: list });
    const after = this.notes();
    for (const { key } of list) {
      const [old, now] = [before, after].map((notes) => notes[key] as Slots | undefined);
      const known = this.word.get(key);
      if (now === undefined) this.word.set(key, null);
      else {
        const heard = (slot: Scalar | undefined, i: number): Scalar | undefined =>
          old?.[i] === slot ? known?.[i] : slot;
        const foreign = (slot: Scalar | undefined, i: number): Scalar | undefined =>
          this.mineEver.has(`${key} ${i} ${slot ?? ''}`) ? undefined : slot;
        this.word.set(key, now.map(heard).map(foreign));
      }
    }
  }

  turn(way: 'undo' | 'redo'): void {
    const before = this.notes();
    if (way === 'undo') this.mine.undo();
    else this.mine.redo();
    this.sign(before);
  }

  /** What they said of each note still holds. */
  check(): void {
    const notes = this.notes();
    for (const [key, slots] of this.word) {
      const now = notes[key] as Slots | undefined;
      if (slots === null) expect(now).toBeUndefined();
      else expect(slots.map((slot, i) => (slot === undefined ? slot : now?.[i]))).toEqual(slots);
    }
    expect(content(this.mine)).toEqual(content(this.theirs));
  }

  private sign(before: Record<string, Value>): void {
    for (const [key, value] of Object.entries(this.notes())) {
      const old = before[key] as Slots | undefined;
      (value as Slots).forEach((slot, i) => {
        if (old?.[i] !== slot) this.mineEver.add(`${key} ${i} ${slot ?? ''}`);
      });
    }
  }

  private notes(): Record<string, Value> {
    return content(this.mine)['notes'] ?? {};
  }

  private possible(edits: readonly Change[]): Change[] {
    const notes = this.notes();
    const list = edits.filter(
      ({ root, key }) => root !== 'notes' || key in notes || !this.ever.has(key),
    );
    for (const { root, key, value } of list) {
      if (root === 'notes' && value !== null) this.ever.add(key);
    }
    return list;
  }
}

describe('undo beside others', () => {
  it('never takes away or changes what somebody else wrote', () => {
    const theirs = fc.array(noteChange, { minLength: 1, maxLength: 4 });
    const step = fc.oneof(
      fc.record({ who: fc.constant('mine' as const), list: changes }),
      fc.record({ who: fc.constant('theirs' as const), list: theirs }),
      fc.record({ who: fc.constantFrom('undo' as const, 'redo' as const), list: fc.constant([]) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 24 }), (steps) => {
        const couple = new Couple();
        for (const { who, list } of steps) {
          if (who === 'mine') couple.doMine(list);
          else if (who === 'theirs') couple.doTheirs(list);
          else couple.turn(who);
          couple.check();
        }
      }),
    );
  });

  it('takes back its own slots and leaves theirs, and says whose', () => {
    const [mine, theirs] = pair();
    const notes = Array.from({ length: 8 }, (_, index) => note({ start: index * 480 }));
    theirs.apply(addNotes(theirs, notes));
    mine.nameOf = (client) => (client === theirs.ydoc.clientID ? 'Oboe' : null);
    const ids = notes.map(({ id }) => id);
    mine.apply(transposeNotes(mine, ids, 5));
    theirs.apply(moveNotes(theirs, ids.slice(0, 2), 0, 2));
    theirs.apply(moveNotes(theirs, ids.slice(2, 3), 120, 0));
    expect(mine.undo()).toEqual({
      label: 'gesture.transpose',
      notes: true,
      total: 8,
      left: 2,
      by: ['Oboe'],
    });
    expect(ids.map((id) => mine.note(id)?.pitch)).toEqual([67, 67, 60, 60, 60, 60, 60, 60]);
    expect(mine.note(ids[2] ?? '')?.start).toBe(960 + 120);
  });

  it('leaves deleted what somebody deleted, and alive what somebody changed after I made it', () => {
    const [mine, theirs] = pair();
    const [kept, gone] = [note(), note({ start: 960 })];
    mine.apply(addNotes(mine, [kept, gone]));
    theirs.apply(moveNotes(theirs, [kept.id], 0, 1));
    theirs.apply(deleteNotes(theirs, [gone.id]));
    expect(mine.undo()).toMatchObject({ total: 2, left: 1 });
    expect(mine.note(kept.id)?.pitch).toBe(61);
    expect(mine.note(gone.id)).toBeUndefined();
    mine.redo();
    expect(mine.note(kept.id)?.pitch).toBe(61);
  });

  it('brings back what I deleted, but not over what somebody put there', () => {
    const [mine, theirs] = pair();
    const one = note();
    mine.apply(addNotes(mine, [one]));
    mine.apply(deleteNotes(mine, [one.id]));
    write(theirs, set(one.id, noteValue({ ...one, pitch: 72 })));
    expect(mine.undo()).toMatchObject({ left: 1 });
    expect(mine.note(one.id)?.pitch).toBe(72);
  });

  it('keeps a new track on which somebody else has written', () => {
    const [mine, theirs] = pair();
    const gesture = addTrack(mine, { name: 'Oboe' });
    mine.apply(gesture);
    theirs.apply(addNotes(theirs, [note({ track: gesture.track })]));
    expect(mine.undo()).toMatchObject({ notes: false });
    expect(mine.track(gesture.track)?.name).toBe('Oboe');
    expect(mine.notesOf(gesture.track).notes).toHaveLength(1);
  });

  it('brings a deleted track back with its notes', () => {
    const score = newScore();
    score.apply(addNotes(score, [note({ track: BASS }), note({ track: BASS, start: 480 })]));
    const before = content(score);
    score.apply(deleteTrack(score, BASS));
    expect(score.tracks.map(({ id }) => id)).toEqual([LEAD]);
    expect(score.noteCount).toBe(0);
    score.undo();
    expect(content(score)).toEqual(before);
  });

  it('does nothing while the score may only be read', () => {
    const score = newScore();
    const asked: string[] = [];
    score.apply(addNotes(score, [note()]));
    score.readOnlyIntercept = (gesture) => asked.push(gesture.label);
    expect(score.apply(addNotes(score, [note({ start: 480 })]))).toBe(false);
    expect(score.undo()).toBeNull();
    expect(asked).toEqual(['gesture.add']);
    expect(score.noteCount).toBe(1);
  });
});
