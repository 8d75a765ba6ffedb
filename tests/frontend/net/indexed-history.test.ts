import { describe, expect, it, vi } from 'vitest';
import { packStep, type Step } from '../../../static/src/doc/step';
import { IndexedHistory } from '../../../static/src/net/indexed-history';
import { pause } from './browser';

describe('undo in the browser’s database', () => {
  it('brings back the steps of this score and tab, none of another', async () => {
    const history = new IndexedHistory('scoreScore01');
    await history.load();
    const steps: Step[] = [1, 2, 3].map((id) =>
      packStep(id, 'gesture.move', [
        {
          root: 'notes',
          key: 'noteNote01',
          before: ['leadLead', 60, 0, 240, 100],
          after: ['leadLead', 61, 0, 240, 100],
        },
      ]),
    );
    history.save({ undo: [1, 2, 3], redo: [] }, steps, []);
    history.save({ undo: [2], redo: [3] }, [], [1]);
    await pause(20);
    const again = await new IndexedHistory('scoreScore01').load();
    expect(again.stacks).toMatchObject({ undo: [2], redo: [3] });
    expect(again.steps).toEqual(steps.slice(1));
    const other = await new IndexedHistory('scoreScore02').load();
    expect(other.steps).toEqual([]);
  });

  it('is given up, without an error, when the browser closes the database', async () => {
    const opened: IDBDatabase[] = [];
    const open = indexedDB.open.bind(indexedDB);
    const watched = vi.spyOn(indexedDB, 'open').mockImplementation((...named) => {
      const request = open(...named);
      request.addEventListener('success', () => { opened.push(request.result); });
      return request;
    });
    const history = new IndexedHistory('scoreScore03');
    await history.load();
    watched.mockRestore();
    for (const database of opened) database.close();
    expect(opened).not.toHaveLength(0);
    expect(() => { history.save({ undo: [1], redo: [] }, [], []); }).not.toThrow();
  });
});
