import { signal, type Signal } from '@preact/signals-core';
import { beforeEach, describe, expect, it } from 'vitest';

import type {
  CandidateState, CurrentCandidate, SuggestedNote, SuggestionState,
} from '../../../static/src/ai/suggestion-state';
import { ghostsOf } from '../../../static/src/roll/hit';
import type { RollSuggestions } from '../../../static/src/roll/ports';
import { LEAD, TestRoll } from './test-roll';

function candidate(index: number, rows: readonly (readonly [number, number])[]): CandidateState {
  const notes = rows.map(([start, pitch], i): SuggestedNote => ({
    id: `ghost${index}${i}`, track: LEAD, pitch, start, duration: 480, velocity: 80, logp: -1,
  }));
  return {
    index, letter: 'AB'[index] ?? '', notes, front: 4000, done: true, stats: {}, votes: [],
    verdict: null, kept: null,
  };
}

function open(): SuggestionState {
  return {
    id: 's1', by: { key: 'k', name: 'Viola', color: 3 }, kind: 'continue',
    region: { tracks: [LEAD], start: 1920, end: 5760 }, engine: 'Composer', seed: 1, controls: {},
    status: 'ready', queue: 0, replaces: [], replaced: [], hidden: false,
    candidates: [candidate(0, [[1920, 60], [2400, 62]]), candidate(1, [[1920, 65], [2400, 67]])],
  };
}

describe('suggested notes', () => {
  let roll: TestRoll;
  let did: string[];
  let current: Signal<CurrentCandidate | null>;

  beforeEach(() => {
    roll = new TestRoll();
    did = [];
    current = signal<CurrentCandidate | null>({ suggestion: 's1', candidate: 0 });
    const suggestions: RollSuggestions = {
      list: signal<readonly SuggestionState[]>([open()]),
      current,
      accept: (_document, id, which, ids) => {
        did.push(`accept ${id}/${which} ${ids ? ids.join(' ') : 'all'}`);
      },
      hideForMe: (id) => { did.push(`hide ${id}`); },
      next: (by) => { did.push(`next ${by}`); },
    };
    roll.stage.ports = { ...roll.stage.ports, suggestions };
  });

  it('become current by a click on one of them', () => {
    roll.click(2000, 65);
    expect(current.peek()).toEqual({ suggestion: 's1', candidate: 1 });
    expect(roll.rows).toEqual([]);
  });

  it('are picked by a click, more of them with shift, and accepted by Enter', () => {
    roll.click(2000, 60);
    expect([...roll.editing.ghostSelection.peek()?.ids ?? []]).toEqual(['ghost00']);
    roll.hold({ shift: true }).click(2500, 62);
    expect([...roll.editing.ghostSelection.peek()?.ids ?? []]).toEqual(['ghost00', 'ghost01']);
    roll.press('Enter');
    expect(did).toEqual(['accept s1/0 ghost00 ghost01']);
    expect(roll.editing.ghostSelection.peek()).toBeNull();
  });

  it('are picked by the marquee where no written note is', () => {
    roll.drag([1800, 64], [2350, 58]);
    expect([...roll.editing.ghostSelection.peek()?.ids ?? []]).toEqual(['ghost00']);
    expect(roll.editing.ghostSelection.peek()?.candidate).toBe(0);
  });

  it('are accepted whole by Enter while none is picked', () => {
    roll.press('Enter');
    expect(did).toEqual(['accept s1/0 all']);
    expect(roll.rows).toEqual([]);
  });

  it('give the page the first word about accepting', () => {
    roll.stage.onAccept = () => true;
    roll.press('Enter');
    expect(did).toEqual([]);
  });

  it('stay where only a part was accepted, without that part', () => {
    const [first] = open().candidates;
    const part = { ...first, verdict: 'accepted', kept: ['ghost00'] } as CandidateState;
    roll.write([[1920, 60, 480]]);
    expect(ghostsOf(roll.stage, part).map((note) => note.id)).toEqual(['ghost00', 'ghost01']);
    roll.document.apply({
      label: 'gesture.accept',
      changes: [{ root: 'notes', key: 'ghost00', value: [LEAD, 60, 1920, 480, 80] }],
    });
    expect(ghostsOf(roll.stage, part).map((note) => note.id)).toEqual(['ghost01']);
    expect(ghostsOf(roll.stage, { ...part, kept: null })).toEqual([]);
  });

  it('answer Tab and Escape', () => {
    expect(roll.press('Tab')).toBe(true);
    expect(roll.press('Tab', { shiftKey: true })).toBe(true);
    expect(roll.press('Escape')).toBe(true);
    expect(did).toEqual(['next 1', 'next -1', 'hide s1']);
  });

  it('lie under written notes and under the pencil', () => {
    roll.write([[1920, 60, 480]]);
    roll.click(2000, 60);
    expect(roll.chosen).toHaveLength(1);
    expect(roll.editing.ghostSelection.peek()).toBeNull();
    roll.editing.setTool('draw');
    roll.click(2410, 62);
    expect(roll.rows).toHaveLength(2);
  });
});
