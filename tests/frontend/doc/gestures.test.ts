import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Gesture } from '../../../static/src/doc/gesture';
import { acceptCandidate } from '../../../static/src/doc/gestures/accept-candidate';
import { addNotes } from '../../../static/src/doc/gestures/add-notes';
import { deleteNotes } from '../../../static/src/doc/gestures/delete-notes';
import { duplicateNotes, idsAdded } from '../../../static/src/doc/gestures/duplicate-notes';
import { clampMove, moveNotes } from '../../../static/src/doc/gestures/move-notes';
import { muteNotes } from '../../../static/src/doc/gestures/mute-notes';
import { resizeNotes } from '../../../static/src/doc/gestures/resize-notes';
import { setKey } from '../../../static/src/doc/gestures/set-key';
import { setMeter } from '../../../static/src/doc/gestures/set-meter';
import { setTempo } from '../../../static/src/doc/gestures/set-tempo';
import { setVelocity } from '../../../static/src/doc/gestures/set-velocity';
import { splitNotes } from '../../../static/src/doc/gestures/split-notes';
import {
  addTrack,
  deleteTrack,
  moveTrack,
  nextColor,
  setTrackField,
} from '../../../static/src/doc/gestures/tracks';
import { transposeNotes } from '../../../static/src/doc/gestures/transpose-notes';
import { RECOVERED_TRACK, type ScoreView } from '../../../static/src/doc/score-view';
import { noteValue } from '../../../static/src/doc/values';
import type { Note } from '../../../static/src/music/notes';
import { BASS, content, LEAD, newScore, note, write } from './scores';

const someNotes = fc.array(
  fc.record({
    track: fc.constantFrom(LEAD, BASS),
    pitch: fc.integer({ min: 0, max: 127 }),
    start: fc.integer({ min: 0, max: 4000 }),
    duration: fc.integer({ min: 1, max: 900 }),
    velocity: fc.integer({ min: 1, max: 127 }),
  }),
  { minLength: 1, maxLength: 24 },
);

/** A few plans, each with a number that picks its notes. */
function plansDrawn<T>(plans: fc.Arbitrary<T>): fc.Arbitrary<[T, number][]> {
  return fc.array(fc.tuple(plans, fc.nat()), { maxLength: 6 });
}

/** Notes of one track and pitch that sound at once. */
function overlaps(view: ScoreView): [Note, Note][] {
  const found: [Note, Note][] = [];
  for (const { id } of view.tracks) {
    const last = new Map<number, Note>();
    for (const one of view.notesOf(id).notes) {
      const before = last.get(one.pitch);
      if (before !== undefined && before.start + before.duration > one.start) {
        found.push([before, one]);
      }
      last.set(one.pitch, one);
    }
  }
  return found;
}

describe('gestures on notes', () => {
  it('never leave two notes of one pitch and track sounding at once', () => {
    type Plan = (view: ScoreView, ids: string[]) => Gesture;
    const plans = fc.constantFrom<Plan>(
      (view, ids) => moveNotes(view, ids, 130, -3),
      (view, ids) => moveNotes(view, ids, -200, 7, LEAD),
      (view, ids) => resizeNotes(view, ids, 'end', 300),
      (view, ids) => resizeNotes(view, ids, 'start', -300),
      (view, ids) => transposeNotes(view, ids, 12),
      (view, ids) => duplicateNotes(view, ids, { dt: 100, dp: 0 }),
      (view, ids) => splitNotes(view, ids, 700),
    );
    fc.assert(
      fc.property(someNotes, plansDrawn(plans), (list, steps) => {
        const score = newScore();
        score.apply(addNotes(score, list.map((fields) => note(fields))));
        for (const [plan, pick] of steps) {
          const all = score.tracks.flatMap(({ id }) => score.notesOf(id).notes.map((n) => n.id));
          const ids = all.filter((_, index) => (index + pick) % 3 !== 0);
          score.apply(plan(score, ids));
          expect(overlaps(score)).toEqual([]);
        }
      }),
    );
  });

  it('shorten the earlier of two notes, and leave others’ overlaps alone', () => {
    const score = newScore();
    const [long, inside, apart] = [
      note({ duration: 960 }),
      note({ start: 240, duration: 240 }),
      note({ pitch: 70, duration: 480 }),
    ];
    write(
      score,
      ...[long, inside, apart].map((one) => ({
        root: 'notes' as const,
        key: one.id,
        value: noteValue(one),
      })),
    );
    score.apply(addNotes(score, [note({ pitch: 70, start: 120 })]));
    expect(score.note(long.id)?.duration).toBe(960);
    expect(score.note(apart.id)?.duration).toBe(120);
    score.apply(moveNotes(score, [inside.id], 60, 0));
    expect(score.note(long.id)?.duration).toBe(300);
  });

  it('let the written note win where two start together', () => {
    const score = newScore();
    const [old, fresh] = [note(), note({ duration: 60 })];
    score.apply(addNotes(score, [old]));
    score.apply(muteNotes(score, [old.id], true));
    score.apply(addNotes(score, [fresh]));
    expect(score.notesOf(LEAD).notes.map(({ id }) => id)).toEqual([fresh.id]);
    expect(content(score)['noteAttrs']).toEqual({});
  });

  it('keep intervals: the whole move is clamped', () => {
    const far = fc.integer({ min: -5000, max: 5000 });
    fc.assert(
      fc.property(someNotes, far, fc.integer({ min: -200, max: 200 }), (list, dt, dp) => {
        const notes = list.map((fields) => note(fields));
        const by = clampMove(notes, { dt, dp });
        for (const one of notes) {
          expect(one.pitch + by.dp).toBeGreaterThanOrEqual(0);
          expect(one.pitch + by.dp).toBeLessThanOrEqual(127);
          expect(one.start + by.dt).toBeGreaterThanOrEqual(0);
        }
        expect(Math.abs(by.dp)).toBeLessThanOrEqual(Math.abs(dp));
      }),
    );
  });

  it('resize each edge, stopping where a note would vanish', () => {
    const score = newScore();
    const short = note({ start: 480, duration: 60 });
    const long = note({ pitch: 70, start: 480, duration: 480 });
    score.apply(addNotes(score, [short, long]));
    score.apply(resizeNotes(score, [short.id, long.id], 'end', -120));
    expect([short, long].map(({ id }) => score.note(id)?.duration)).toEqual([1, 360]);
    score.apply(resizeNotes(score, [long.id], 'start', -900));
    expect(score.note(long.id)).toMatchObject({ start: 0, duration: 840 });
    score.apply(resizeNotes(score, [long.id], 'start', 5000, 120));
    expect(score.note(long.id)).toMatchObject({ start: 720, duration: 120 });
  });

  it('split at a tick, mutes and all, and set velocities within 1 and 127', () => {
    const score = newScore();
    const one = note({ duration: 480 });
    score.apply(addNotes(score, [one]));
    score.apply(muteNotes(score, [one.id], true));
    score.apply(splitNotes(score, [one.id], 120));
    const halves = score.notesOf(LEAD).notes;
    expect(halves.map(({ start, duration }) => [start, duration])).toEqual([[0, 120], [120, 360]]);
    expect(halves.every(({ id }) => score.isMuted(id))).toBe(true);
    expect(score.apply(splitNotes(score, [one.id], 120))).toBe(false);
    score.apply(setVelocity(score, new Map([[one.id, 400], ['missingOne', 3]])));
    expect(score.note(one.id)?.velocity).toBe(127);
    score.apply(deleteNotes(score, halves.map(({ id }) => id)));
    expect(content(score)['noteAttrs']).toEqual({});
  });

  it('repeat notes after themselves in whole beats, and name what they add', () => {
    const score = newScore();
    const one = note({ start: 960, duration: 400 });
    const two = note({ start: 1440, pitch: 64, duration: 100 });
    score.apply(addNotes(score, [one, two]));
    const gesture = duplicateNotes(score, [one.id, two.id]);
    const added = idsAdded(score, gesture);
    score.apply(gesture);
    expect(added.map((id) => score.note(id)?.start).sort()).toEqual([1920, 2400]);
  });
});

describe('accepting a candidate', () => {
  it('writes its very ids once, and takes away what nobody changed', () => {
    const score = newScore();
    const [untouched, changed] = [note({ start: 480 }), note({ start: 960, pitch: 64 })];
    score.apply(addNotes(score, [untouched, changed]));
    score.apply(transposeNotes(score, [changed.id], 1));
    const proposed = [note({ start: 480, pitch: 72 }), note({ start: 720, pitch: 74 })];
    const gesture = acceptCandidate(score, 'sugg1', proposed, [untouched, changed]);
    expect(score.apply(gesture)).toBe(true);
    const notes = score.notesOf(LEAD).notes.map(({ id }) => id);
    expect(notes).toEqual([proposed[0]?.id, proposed[1]?.id, changed.id]);
    expect(score.attribute(proposed[0]?.id ?? '', 'from')).toBe('sugg1');
    expect(score.apply(acceptCandidate(score, 'sugg1', proposed, [untouched, changed]))).toBe(false);
    score.undo();
    expect(score.notesOf(LEAD).notes.map(({ id }) => id)).toEqual([untouched.id, changed.id]);
    expect(content(score)['noteAttrs']).toEqual({});
  });
});

describe('gestures on tracks', () => {
  it('add, reorder and mute', () => {
    const score = newScore();
    const added = addTrack(score, { name: 'Oboe', program: 68 });
    score.apply(added);
    expect(score.tracks.map(({ id }) => id)).toEqual([LEAD, BASS, added.track]);
    expect(score.track(added.track)).toMatchObject({ name: 'Oboe', program: 68, volume: 100 });
    score.apply(moveTrack(score, added.track, LEAD));
    expect(score.tracks.map(({ id }) => id)).toEqual([added.track, LEAD, BASS]);
    score.apply(moveTrack(score, added.track, null));
    score.apply(setTrackField(score, BASS, 'mute', true));
    expect(score.track(BASS)?.mute).toBe(true);
  });

  it('delete a track with its notes and its curves', () => {
    const score = newScore();
    score.apply(addNotes(score, [note({ track: BASS })]));
    write(score, { root: 'lanes', key: `${BASS}:cc64:0`, value: [127, 0] });
    expect(score.lane(BASS, 'cc64')).toEqual([{ tick: 0, value: 127, linear: false }]);
    score.apply(deleteTrack(score, BASS));
    expect(score.tracks.map(({ id }) => id)).toEqual([LEAD]);
    expect([content(score)['notes'], content(score)['lanes']]).toEqual([{}, {}]);
  });

  it('deal colours so that each is used before any is used twice', () => {
    const score = newScore();
    for (let index = 0; index < 10; index += 1) score.apply(addTrack(score, { name: `${index}` }));
    expect(new Set(score.tracks.slice(2).map(({ color }) => color)).size).toBe(10);
    expect(nextColor([])).toBe(1);
  });

  it('make a real track of "Recovered" when one of its fields is set', () => {
    const score = newScore();
    const one = note({ track: 'goneGone' });
    write(score, { root: 'notes', key: one.id, value: noteValue(one) });
    score.apply(setTrackField(score, RECOVERED_TRACK, 'name', 'Found'));
    expect(score.tracks.map(({ name }) => name)).toEqual(['lead', 'bass', 'Found']);
    const found = score.tracks[2]?.id ?? '';
    expect(score.notesOf(found).notes.map(({ id }) => id)).toEqual([one.id]);
  });

  it('write new notes on "Recovered" to a track that strays name', () => {
    const score = newScore();
    const one = note({ track: 'goneGone' });
    write(score, { root: 'notes', key: one.id, value: noteValue(one) });
    const fresh = note({ track: RECOVERED_TRACK, start: 960 });
    score.apply(addNotes(score, [fresh]));
    expect(content(score)['notes']?.[fresh.id]).toEqual(['goneGone', 60, 960, 240, 100]);
  });
});

describe('gestures on the timeline', () => {
  it('set tempo, meter and key', () => {
    const score = newScore();
    score.apply(setTempo(score, { tick: 960, bpm: 90, ramp: true }));
    expect(score.tempoEvents[1]).toEqual({ tick: 960, microseconds: 666_667, ramp: true });
    score.apply(setMeter(score, { tick: 0, numerator: 3, denominator: 4 }));
    expect(score.meter.barStart(1)).toBe(1440);
    score.apply(setKey(score, { tick: 0, fifths: -2, mode: 'minor' }));
    expect(score.keyEvents).toEqual([{ tick: 0, fifths: -2, mode: 'minor' }]);
  });
});
