import { describe, expect, it } from 'vitest';

import type { CandidateState, SuggestionState } from '../../../static/src/ai/suggestion-state';
import { character, progress } from '../../../static/src/ui/panel/words';
import { isOpen } from '../../../static/src/ui/panel/suggest-panel';
import { TestDesk } from './test-desk';

const BAR = 1920;

function candidate(index: number, pitches: readonly number[], done = true): CandidateState {
  return {
    index, letter: 'AB'[index] ?? 'C', done, front: BAR * 4 + pitches.length * 480,
    stats: {}, votes: [], verdict: null, kept: null,
    notes: pitches.map((pitch, i) => ({
      id: `note0000${String(index)}${String(i)}`, track: 'track000', pitch,
      start: BAR * 4 + i * 480, duration: 480, velocity: 80, logp: -1,
    })),
  };
}

function suggestion(candidates: readonly CandidateState[]): SuggestionState {
  return {
    id: 'suggest1', by: { key: 'person01', name: 'Viola', color: 3 }, kind: 'continue',
    region: { tracks: ['track000'], start: BAR * 4, end: BAR * 8 }, engine: 'Composer', seed: 7,
    controls: {}, status: 'ready', queue: 0, replaces: [], replaced: [],
    candidates, hidden: false,
  };
}

describe('hearing a candidate', () => {
  it('puts it into its context and plays its bars', () => {
    const test = new TestDesk();
    test.list.value = [suggestion([candidate(0, [60, 62, 64])])];
    test.desk.hearing.hear('suggest1', 0);
    expect(test.played).toEqual(['audition 3', `play ${BAR * 4}–${BAR * 8}`]);
    expect(test.said.at(-1)).toEqual({ hear: { suggestion: 'suggest1', candidate: 0 } });
  });

  it('lets notes sound that arrive meanwhile', () => {
    const test = new TestDesk();
    test.list.value = [suggestion([candidate(0, [60], false)])];
    test.desk.hearing.hear('suggest1', 0);
    test.list.value = [suggestion([candidate(0, [60, 62, 64], false)])];
    expect(test.played.at(-1)).toBe('audition 3');
    expect(test.desk.hearing.heard.value?.candidate).toBe(0);
  });

  it('goes on with the next candidate without stopping', () => {
    const test = new TestDesk();
    test.list.value = [suggestion([candidate(0, [60]), candidate(1, [60, 67])])];
    test.desk.hearing.hear('suggest1', 0);
    test.current.value = { suggestion: 'suggest1', candidate: 1 };
    expect(test.played.at(-1)).toBe('audition 2');
    expect(test.played).not.toContain('stop');
    expect(test.desk.hearing.heard.value?.candidate).toBe(1);
  });

  it('ends with the sound, whoever stopped it', () => {
    const test = new TestDesk();
    test.list.value = [suggestion([candidate(0, [60])])];
    test.desk.hearing.hear('suggest1', 0);
    test.playing.value = false;
    expect(test.desk.hearing.heard.value).toBeNull();
    expect(test.played.at(-1)).toBe('end of audition');
    expect(test.said.at(-1)).toEqual({ hear: null });
  });

  it('asks no voice when it was stopped before the sound was open', async () => {
    const test = new TestDesk();
    test.list.value = [suggestion([candidate(0, [60])])];
    test.desk.hearing.speakWith('singer');
    test.desk.hearing.hear('suggest1', 0);
    test.desk.hearing.stop();
    await Promise.resolve();
    await Promise.resolve();
    expect(test.played).toEqual(['end of audition', 'stop']);
  });

  it('ends when the candidate is decided about', () => {
    const test = new TestDesk();
    test.list.value = [suggestion([candidate(0, [60])])];
    test.desk.hearing.hear('suggest1', 0);
    test.list.value = [suggestion([{ ...candidate(0, [60]), verdict: 'accepted' }])];
    expect(test.desk.hearing.heard.value).toBeNull();
  });
});

describe('the words on a card', () => {
  it('say how far it is, then how much it is', () => {
    const { desk } = new TestDesk();
    const meter = desk.score.view.meter;
    const arriving = { ...suggestion([]), status: 'arriving' } as const;
    expect(progress(meter, arriving, candidate(0, [], false))).toBe('waiting');
    expect(progress(meter, arriving, candidate(0, [1, 2, 3, 4, 5], false))).toBe('bar 6 of 8');
    expect(progress(meter, suggestion([]), candidate(0, [60, 62]))).toBe('2 notes');
    expect(progress(meter, suggestion([]), candidate(0, [60]))).toBe('1 note');
  });

  it('name its character from its own notes', () => {
    const rising = candidate(0, [60, 62, 64, 65, 67, 69, 71, 72, 74, 76, 77, 79, 81, 83, 84, 86]);
    expect(character(suggestion([]), rising)).toBe('Rising, even');
    expect(character(suggestion([]), candidate(0, [60, 59, 55, 50, 48]))).toBe('Falling, sparse');
    expect(character(suggestion([]), candidate(1, [60]))).toBe('Candidate B');
  });
});

describe('a suggestion', () => {
  it('is open until one candidate is kept or all are put away', () => {
    const [a, b] = [candidate(0, [60]), candidate(1, [62])];
    expect(isOpen(suggestion([a, b]))).toBe(true);
    expect(isOpen(suggestion([{ ...a, verdict: 'dismissed' }, b]))).toBe(true);
    const kept = suggestion([{ ...a, verdict: 'accepted' }, b]);
    expect(isOpen({ ...kept, status: 'decided' })).toBe(false);
    const away = [a, b].map((one) => ({ ...one, verdict: 'dismissed' as const }));
    expect(isOpen(suggestion(away))).toBe(false);
  });
});
