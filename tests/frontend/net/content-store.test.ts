import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { ContentStore } from '../../../static/src/net/content-store';
import { answered, keysOf, openDatabase } from '../../../static/src/net/database';
import { pause } from './browser';

let databases = 0;

async function fresh(): Promise<IDBDatabase> {
  databases += 1;
  return openDatabase(`content-${databases}`, ['updates']);
}

function at(database: IDBDatabase, tab = 'tabOne', lineage = 'score/a'): ContentStore {
  return new ContentStore(database, 'updates', lineage, tab);
}

async function loaded(database: IDBDatabase): Promise<Record<string, unknown>> {
  const ydoc = new Y.Doc();
  await at(database).load(ydoc);
  return ydoc.getMap('notes').toJSON();
}

function rows(database: IDBDatabase): Promise<number> {
  const store = database.transaction('updates').objectStore('updates');
  return answered(store.count(keysOf('score/a')));
}

describe('a document in the browser’s database', () => {
  it('comes back with what it held and every change since', async () => {
    const database = await fresh();
    const ydoc = new Y.Doc();
    ydoc.getMap('notes').set('before', 1);
    at(database).follow(ydoc);
    ydoc.getMap('notes').set('after', 2);
    ydoc.getMap('notes').delete('before');
    await pause(10);
    expect(await loaded(database)).toEqual({ after: 2 });
  });

  it('gathers its rows, and loses none that another tab wrote', async () => {
    const database = await fresh();
    const [mine, theirs] = [new Y.Doc(), new Y.Doc()];
    at(database).follow(mine);
    const other = at(database, 'tabTwo');
    await other.load(theirs);
    other.follow(theirs);
    theirs.getMap('notes').set('theirs', 1);
    for (let index = 0; index < 650; index += 1) mine.getMap('notes').set(`${index % 7}`, index);
    await pause(50);
    expect(await rows(database)).toBeLessThan(300);
    expect(await loaded(database)).toMatchObject({ theirs: 1, '5': 649 });
  });

  it('goes on where an earlier page of the same tab ended', async () => {
    const database = await fresh();
    for (let visit = 0; visit < 3; visit += 1) {
      const ydoc = new Y.Doc();
      const store = at(database);
      await store.load(ydoc);
      store.follow(ydoc);
      ydoc.getMap('notes').set(`visit${visit}`, visit);
      await pause(10);
      store.stop();
    }
    expect(await loaded(database)).toEqual({ visit0: 0, visit1: 1, visit2: 2 });
  });

  it('is gone when it is dropped, and another lineage is not', async () => {
    const database = await fresh();
    const [one, two] = [new Y.Doc(), new Y.Doc()];
    const store = at(database);
    store.follow(one);
    const other = at(database, 'tabOne', 'score/b');
    other.follow(two);
    two.getMap('notes').set('kept', 1);
    one.getMap('notes').set('lost', 1);
    store.drop();
    one.getMap('notes').set('late', 1);
    await pause(10);
    expect(await loaded(database)).toEqual({});
    const again = new Y.Doc();
    await at(database, 'tabOne', 'score/b').load(again);
    expect(again.getMap('notes').toJSON()).toEqual({ kept: 1 });
  });

  it('costs nobody an edit when the database is closed', async () => {
    const database = await fresh();
    const ydoc = new Y.Doc();
    at(database).follow(ydoc);
    database.close();
    ydoc.getMap('notes').set('edit', 1);
    expect(ydoc.getMap('notes').get('edit')).toBe(1);
  });
});
