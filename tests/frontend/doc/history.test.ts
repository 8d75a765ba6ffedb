import { describe, expect, it } from 'vitest';
import { addNotes } from '../../../static/src/doc/gestures/add-notes';
import { transposeNotes } from '../../../static/src/doc/gestures/transpose-notes';
import { History, type HistoryStore, type Stacks } from '../../../static/src/doc/history';
import { packStep, unpackStep, type Step } from '../../../static/src/doc/step';
import { ScoreDocument } from '../../../static/src/doc/score-document';
import { copyOf, newScore, note, write } from './scores';

/** Keeps steps as a database would: by structured clone. */
class MemoryStore implements HistoryStore {
  readonly steps = new Map<number, Step>();
  stacks: Stacks = { undo: [], redo: [] };

  load(): Promise<{ stacks: Stacks; steps: Step[] }> {
    return Promise.resolve({ stacks: this.stacks, steps: [...this.steps.values()] });
  }

  save(stacks: Stacks, added: readonly Step[], removed: readonly number[]): void {
    this.stacks = structuredClone(stacks);
    for (const step of added) this.steps.set(step.id, structuredClone(step));
    for (const id of removed) this.steps.delete(id);
  }
}

describe('the history of a tab', () => {
  it('survives a reload, with undo and redo where they were', async () => {
    const store = new MemoryStore();
    const score = newScore();
    await score.keepHistory(store);
    const notes = [note(), note({ start: 480 })];
    score.apply(addNotes(score, notes));
    score.apply(transposeNotes(score, notes.map(({ id }) => id), 7));
    score.apply(transposeNotes(score, notes.map(({ id }) => id), 1));
    score.undo();

    const again = new ScoreDocument(copyOf(score.ydoc));
    await again.keepHistory(store);
    expect(again.history.value).toEqual({ undo: 'gesture.transpose', redo: 'gesture.transpose' });
    again.redo();
    expect(again.note(notes[0]?.id ?? '')?.pitch).toBe(68);
    again.undo();
    again.undo();
    again.undo();
    expect(again.noteCount).toBe(0);
    expect(again.undo()).toBeNull();
  });

  it('puts what was done while it was loading above what it finds', async () => {
    const store = new MemoryStore();
    const score = newScore();
    await score.keepHistory(store);
    const one = note();
    score.apply(addNotes(score, [one]));
    const again = new ScoreDocument(copyOf(score.ydoc));
    again.apply(transposeNotes(again, [one.id], 2));
    await again.keepHistory(store);
    again.apply(transposeNotes(again, [one.id], 3));
    expect(store.steps.size).toBe(3);
    again.undo();
    expect(again.note(one.id)?.pitch).toBe(62);
    again.undo();
    again.undo();
    expect(again.noteCount).toBe(0);
  });

  it('holds 200 gestures, and no more than 20 MB', () => {
    const store = new MemoryStore();
    const history = new History();
    return history.restore(store).then(() => {
      for (let id = 1; id <= 250; id += 1) history.push(packStep(id, 'x', []));
      expect(store.stacks.undo).toHaveLength(200);
      expect(store.steps.size).toBe(200);
      expect(store.stacks.undo[0]).toBe(51);
      for (let id = 251; id <= 256; id += 1) {
        history.push({ ...packStep(id, 'x', []), bytes: 6_000_000 });
      }
      expect(history.size).toBeLessThanOrEqual(20_000_000);
      expect(store.stacks.undo).toHaveLength(3);
    });
  });
});

describe('a step', () => {
  it('of one note takes less than a kilobyte, of a transposed song a few bytes a note', () => {
    const entry = (index: number): Parameters<typeof packStep>[2][number] => ({
      root: 'notes',
      key: `n${String(index).padStart(9, '0')}`,
      before: ['leadLead', 60, index, 240, 100],
      after: ['leadLead', 65, index, 240, 100],
    });
    expect(packStep(1, 'x', [entry(1)]).bytes).toBeLessThan(1000);
    const many = Array.from({ length: 10_000 }, (_, index) => entry(index));
    const step = packStep(2, 'x', many);
    expect(step.bytes / many.length).toBeLessThan(15);
    const current = new Map(many.map(({ key, after }) => [key, after]));
    expect(unpackStep(step, (id) => current.get(id) ?? null)).toEqual(many);
  });

  it('keeps what no column can hold as it is', () => {
    const entries = [
      { root: 'notes' as const, key: 'noteNote01', before: null, after: ['x', 1, 2 ** 40, 3, 4] },
      { root: 'notes' as const, key: 'odd', before: null, after: ['x', 1, 2, 3, 4] },
      { root: 'tempo' as const, key: '0', before: [500_000, 0], after: [400_000, 1] },
    ];
    const step = packStep(1, 'x', entries);
    expect(step.notes).toEqual([]);
    expect(unpackStep(step, () => null)).toEqual(entries);
  });

  it('is nothing when the values are the same', () => {
    const score = newScore();
    expect(write(score, { root: 'tempo', key: '0', value: [500_000, 0] })).toBe(false);
    expect(score.history.value.undo).toBeNull();
  });
});
