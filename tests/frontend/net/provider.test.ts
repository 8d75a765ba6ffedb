import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { ROOT_NAMES } from '../../../static/src/doc/gesture';
import { addNotes } from '../../../static/src/doc/gestures/add-notes';
import { transposeNotes } from '../../../static/src/doc/gestures/transpose-notes';
import { ScoreDocument } from '../../../static/src/doc/score-document';
import { ContentStore } from '../../../static/src/net/content-store';
import { Presence } from '../../../static/src/net/presence';
import { Provider } from '../../../static/src/net/provider';
import type { Note } from '../../../static/src/music/notes';
import { LEAD, note } from '../doc/scores';
import { pause, until } from './browser';
import { RoomServer, type Guest } from './room-server';

let server: RoomServer;
let open: Provider[] = [];
let scores = 0;
let scoreId = '';

interface Page {
  readonly score: ScoreDocument;
  readonly provider: Provider;
}

function visit(id = scoreId): Page {
  const score = new ScoreDocument();
  const provider = new Provider({ scoreId: id, document: score, url: server.url });
  open.push(provider);
  return { score, provider };
}

async function visited(): Promise<Page> {
  const page = visit();
  await until(() => page.provider.synced.value);
  return page;
}

function close(page: Page): void {
  page.provider.close();
  open = open.filter((one) => one !== page.provider);
}

function draw({ score }: Page, ...notes: Note[]): void {
  score.apply(addNotes(score, notes));
}

function stored(): Map<string, unknown> {
  return new Map(server.ydoc.getMap('notes').entries());
}

function guest(): Guest {
  const [first] = server.guests;
  if (first === undefined) throw new Error('nobody is here');
  return first;
}

beforeEach(async () => {
  scores += 1;
  scoreId = `testScore${String(scores).padStart(3, '0')}`;
  server = new RoomServer();
  await server.start();
});

afterEach(async () => {
  for (const provider of open) provider.close();
  open = [];
  await server.stop();
});

describe('a page in a room', () => {
  it('is told everything, then says so', async () => {
    server.ydoc.getMap('notes').set('noteNote01', [LEAD, 60, 0, 240, 100]);
    const { score, provider } = await visited();
    expect(score.noteCount).toBe(1);
    expect(score.tracks.map(({ id }) => id)[0]).toBe(LEAD);
    expect(provider.role.value).toBe('editor');
    expect(provider.me.value?.name).toBe('Oboe');
    expect(provider.status.value).toBe('online');
  });

  it('says hello first and nothing else before the welcome', async () => {
    await visited();
    const [first] = guest().frames;
    expect(first).toMatchObject({ type: 'private', message: { t: 'hello', v: 1, epoch: null } });
  });

  it('has saved an edit when the server has stored it, not before', async () => {
    const page = await visited();
    server.silent = true;
    const one = note();
    draw(page, one);
    await until(() => stored().has(one.id));
    expect(page.provider.unacked.value).toBe(1);
    server.silent = false;
    draw(page, note({ start: 960 }));
    await until(() => page.provider.unacked.value === 0);
  });

  it('shows two people each other’s edits', async () => {
    const [viola, oboe] = [await visited(), await visited()];
    const one = note();
    draw(viola, one);
    await until(() => oboe.score.noteCount === 1);
    oboe.score.apply(transposeNotes(oboe.score, [one.id], 7));
    await until(() => viola.score.note(one.id)?.pitch === 67);
    expect(oboe.score.nameOf(viola.score.ydoc.clientID)).toBeNull();
  });

  it('passes on what the room announces', async () => {
    const { provider } = await visited();
    const heard: unknown[] = [];
    provider.on('event', (event) => heard.push(event));
    provider.on('notice', (notice) => heard.push(notice));
    server.tell({ t: 'event', kind: 'title', title: 'Waltz' });
    server.tell({ t: 'notice', code: 'restart', text: 'The server restarts.' });
    await until(() => heard.length === 2);
    expect(heard).toEqual([
      { t: 'event', kind: 'title', title: 'Waltz' },
      { code: 'restart', text: 'The server restarts.' },
    ]);
  });

  it('reports the bytes that it has received', async () => {
    await visited();
    const { sent } = guest();
    await until(() => guest().got >= sent);
    expect(guest().got).toBeLessThanOrEqual(guest().sent);
  });

  it('sends and takes long messages in parts', async () => {
    const page = await visited();
    const notes = Array.from({ length: 20_000 }, (_, index) =>
      note({ start: index * 10, duration: 10, pitch: index % 128 }),
    );
    draw(page, ...notes);
    await until(() => page.provider.unacked.value === 0);
    expect(guest().frames.filter(({ type }) => type === 'part').length).toBeGreaterThan(1);
    expect(stored().size).toBe(20_000);
    const other = visit('testScoreBig');
    await until(() => other.provider.synced.value);
    expect(other.score.noteCount).toBe(20_000);
  });

  it('sends a flood of edits in few frames, and loses none', async () => {
    const page = await visited();
    for (let index = 0; index < 300; index += 1) {
      draw(page, note({ start: index * 480 }));
      if (index % 10 === 0) await pause(0);
    }
    await until(() => page.provider.unacked.value === 0);
    expect(stored().size).toBe(300);
    expect(guest().frames.filter(({ type }) => type === 'update').length).toBeLessThan(120);
  });

  it('asks to be loaded again when the score is newer than itself', async () => {
    server.ydoc.getMap('meta').set('schema', 2);
    const { provider } = await visited();
    expect(provider.outdated.value).toBe(true);
  });
});

describe('a page without a server', () => {
  it('keeps edits and offers them when the server is back', async () => {
    const page = await visited();
    await server.stop();
    await until(() => page.provider.status.value !== 'online');
    const notes = [note(), note({ start: 960 })];
    for (const one of notes) draw(page, one);
    expect(page.provider.unacked.value).toBe(2);
    expect(page.provider.synced.value).toBe(false);
    server.write('notes', 'noteNote77', [LEAD, 80, 0, 10, 10]);
    await server.start();
    await until(() => page.provider.synced.value && page.provider.unacked.value === 0);
    expect([...stored().keys()].sort()).toEqual(
      [...notes.map(({ id }) => id), 'noteNote77'].sort(),
    );
    expect(page.score.noteCount).toBe(3);
  });

  it('still has them after a reload, and knows that they wait', async () => {
    const page = await visited();
    const saved = note();
    draw(page, saved);
    await until(() => page.provider.unacked.value === 0);
    await server.stop();
    const waiting = note({ start: 960 });
    draw(page, waiting);
    await pause(100);
    close(page);
    await pause(50);

    const again = visit();
    await until(() => again.score.noteCount === 2);
    expect(again.provider.unacked.value).toBe(1);
    expect(again.provider.role.value).toBe('editor');
    await server.start();
    await until(() => again.provider.synced.value && again.provider.unacked.value === 0);
    expect(stored().has(waiting.id)).toBe(true);
  });

  it('comes from the server where the copy can’t be read', async () => {
    const page = await visited();
    const saved = note();
    draw(page, saved);
    await until(() => page.provider.unacked.value === 0);
    close(page);
    const load = vi.spyOn(ContentStore.prototype, 'load').mockRejectedValue(new Error('broken'));
    const again = await visited();
    load.mockRestore();
    expect(again.score.note(saved.id)).toBeDefined();
  });

  it('keeps no copy for a viewer', async () => {
    server.role = 'viewer';
    server.ydoc.getMap('notes').set('noteNote01', [LEAD, 60, 0, 240, 100]);
    const page = await visited();
    await pause(50);
    close(page);
    await server.stop();
    const again = visit();
    await pause(200);
    expect(again.score.noteCount).toBe(0);
    await server.start();
    await until(() => again.provider.synced.value);
    expect(guest().frames.filter(({ type }) => type === 'update')).toEqual([]);
  });

  it('goes offline with the browser, and comes back with it at once', async () => {
    const page = await visited();
    globalThis.dispatchEvent(new Event('offline'));
    await until(() => page.provider.status.value === 'offline');
    expect(page.provider.synced.value).toBe(false);
    const one = note();
    draw(page, one);
    globalThis.dispatchEvent(new Event('online'));
    await until(() => page.provider.synced.value && page.provider.unacked.value === 0);
    expect(stored().has(one.id)).toBe(true);
  });

  it('stops only where there is no way, and says why', async () => {
    for (const code of [4403, 4404, 4410]) {
      const page = await visited();
      server.close(code);
      await until(() => page.provider.status.value === 'stopped');
      expect(page.provider.stopCode.value).toBe(code);
      close(page);
    }
    for (const code of [1012, 1013, 4401, 4408, 4429]) {
      const page = await visited();
      server.close(code);
      await until(() => !page.provider.synced.value);
      await until(() => page.provider.synced.value);
      expect(page.provider.stopCode.value).toBeNull();
      close(page);
    }
  });
});

describe('a page whose edits are not taken as they are', () => {
  it('moves to a new epoch in place and writes again what was not stored', async () => {
    const page = await visited();
    const kept = note();
    draw(page, kept);
    await until(() => page.provider.unacked.value === 0);
    const { ydoc } = page.score;
    server.judge = () => 1013;
    const waiting = note({ start: 960 });
    draw(page, waiting);
    await until(() => !page.provider.synced.value);
    server.judge = () => null;
    server.compact();
    await until(() => page.provider.synced.value && page.provider.unacked.value === 0);
    expect(page.score.ydoc).not.toBe(ydoc);
    expect(page.score.ydoc.clientID).not.toBe(ydoc.clientID);
    expect([...stored().keys()].sort()).toEqual([kept.id, waiting.id].sort());
    page.score.undo();
    await until(() => stored().size === 1);
    expect(page.score.noteCount).toBe(1);
  });

  it('follows a new epoch while it is online', async () => {
    const page = await visited();
    draw(page, note());
    await until(() => page.provider.unacked.value === 0);
    server.compact();
    server.tell({ t: 'epoch', epoch: server.epoch });
    await until(() => guest().hello.some((hello) => hello['epoch'] === 2));
    await until(() => page.provider.synced.value);
    const after = note({ start: 960 });
    draw(page, after);
    await until(() => stored().has(after.id));
  });

  it('takes a new client id and submits again when its bytes are refused', async () => {
    const page = await visited();
    const before = page.score.ydoc.clientID;
    let refused = 0;
    server.judge = () => {
      refused += 1;
      return refused === 1 ? 4400 : null;
    };
    const one = note();
    draw(page, one);
    await until(() => refused > 1 && page.provider.unacked.value === 0);
    expect(stored().get(one.id)).toEqual([LEAD, 60, 0, 240, 100]);
    expect(page.score.ydoc.clientID).not.toBe(before);
    expect(page.provider.stranded.value).toBeNull();
  });

  it('sets edits aside that are refused again and again, and goes on', async () => {
    const page = await visited();
    const bad = note();
    server.judge = (update) => {
      const trial = new Y.Doc();
      Y.applyUpdate(trial, Y.encodeStateAsUpdate(server.ydoc));
      Y.applyUpdate(trial, update);
      return trial.getMap('notes').has(bad.id) ? 4422 : null;
    };
    draw(page, bad);
    await until(() => page.provider.stranded.value !== null && page.provider.synced.value);
    expect(page.provider.stranded.value?.map(({ key }) => key)).toEqual([bad.id]);
    expect(page.score.noteCount).toBe(0);
    const good = note({ start: 960 });
    draw(page, good);
    await until(() => stored().has(good.id) && page.provider.unacked.value === 0);
  });

  it('offers what was refused again after a reload', async () => {
    const page = await visited();
    const [kept, bad] = [note(), note({ start: 960 })];
    draw(page, kept);
    await until(() => page.provider.unacked.value === 0);
    server.judge = (update) => {
      const trial = new Y.Doc();
      Y.applyUpdate(trial, Y.encodeStateAsUpdate(server.ydoc));
      Y.applyUpdate(trial, update);
      return trial.getMap('notes').has(bad.id) ? 4422 : null;
    };
    draw(page, bad);
    await until(() => page.provider.stranded.value !== null && page.provider.synced.value);
    await pause(50);
    close(page);
    await pause(50);
    const again = await visited();
    await until(() => again.provider.stranded.value !== null && again.provider.synced.value);
    expect(again.provider.stranded.value?.map(({ key }) => key)).toContain(bad.id);
    expect([...stored().keys()]).toEqual([kept.id]);
  });

  it('sets aside what was made before the right to write was lost', async () => {
    const page = await visited();
    await server.stop();
    const one = note();
    draw(page, one);
    server.role = 'viewer';
    await server.start();
    await until(() => page.provider.stranded.value !== null && page.provider.synced.value);
    expect(page.provider.role.value).toBe('viewer');
    expect(page.provider.unacked.value).toBe(0);
    expect(page.score.noteCount).toBe(0);
    expect(stored().size).toBe(0);
  });

  it('offers them again after a reload, until they are let go', async () => {
    const page = await visited();
    await pause(50);
    await server.stop();
    const one = note();
    draw(page, one);
    close(page);
    await pause(50);
    server.role = 'viewer';
    await server.start();
    const second = await visited();
    expect(second.provider.stranded.value?.map(({ key }) => key)).toEqual([one.id]);
    expect(second.score.noteCount).toBe(0);
    close(second);
    await pause(50);

    const third = await visited();
    expect(third.provider.stranded.value?.map(({ key }) => key)).toEqual([one.id]);
    third.provider.letGo();
    close(third);
    await pause(50);
    const fourth = await visited();
    expect(fourth.provider.stranded.value).toBeNull();
  });

  it('writes them after all when the right has come back by then', async () => {
    const page = await visited();
    await server.stop();
    const one = note();
    draw(page, one);
    server.role = 'viewer';
    await server.start();
    await until(() => page.provider.stranded.value !== null && page.provider.synced.value);
    close(page);
    await pause(50);
    server.role = 'editor';
    const again = await visited();
    await until(() => stored().has(one.id) && again.provider.unacked.value === 0);
    expect(again.provider.stranded.value).toBeNull();
  });

  it('offers what was not stored when the score is gone', async () => {
    const page = await visited();
    server.silent = true;
    const one = note();
    draw(page, one);
    await until(() => stored().has(one.id));
    server.close(4410);
    await until(() => page.provider.status.value === 'stopped');
    expect(page.provider.stranded.value?.map(({ key }) => key)).toEqual([one.id]);
  });

  it('may write again as soon as the right comes', async () => {
    server.role = 'commenter';
    const page = await visited();
    server.tell({ t: 'role', role: 'editor' });
    await until(() => page.provider.role.value === 'editor');
    const one = note();
    draw(page, one);
    await until(() => stored().has(one.id) && page.provider.unacked.value === 0);
  });
});

describe('presence', () => {
  it('shows others with their names, and lets them go', async () => {
    const [viola, oboe] = [await visited(), await visited()];
    const [mine, theirs] = [new Presence(viola.provider), new Presence(oboe.provider)];
    theirs.set({ cursor: [480, 64, LEAD], hear: { suggestion: 's', candidate: 1 } });
    await until(() => mine.peers.value[0]?.cursor !== null && mine.peers.value.length === 1);
    expect(mine.peers.value[0]).toMatchObject({
      clientId: oboe.score.ydoc.clientID,
      user: { name: 'Oboe', color: 4 },
      cursor: [480, 64, LEAD],
      hear: { suggestion: 's', candidate: 1 },
      drag: null,
      idle: false,
    });
    expect(viola.score.nameOf(oboe.score.ydoc.clientID)).toBe('Oboe');
    close(oboe);
    await until(() => mine.peers.value.length === 0);
    mine.close();
    theirs.close();
  });

  it('speaks at most fifteen times a second, and its last word is heard', async () => {
    const page = await visited();
    const presence = new Presence(page.provider);
    await pause(100);
    const spoken = (): Guest['frames'] => guest().frames.filter(({ type }) => type === 'awareness');
    const before = spoken().length;
    const began = performance.now();
    for (let tick = 0; tick < 60; tick += 1) {
      presence.set({ cursor: [tick, 60, LEAD] });
      await pause(5);
    }
    await pause(120);
    const seconds = (performance.now() - began) / 1000;
    expect(spoken().length - before).toBeLessThanOrEqual(Math.ceil(seconds * 15) + 1);
    expect(page.provider.awareness.getLocalState()?.['cursor']).toEqual([59, 60, LEAD]);
    presence.close();
  });

  it('comes back after a lost connection and a new client id', async () => {
    const [viola, oboe] = [await visited(), await visited()];
    const [mine, theirs] = [new Presence(viola.provider), new Presence(oboe.provider)];
    theirs.set({ cursor: [480, 64, LEAD] });
    await until(() => mine.peers.value[0]?.cursor?.[0] === 480);
    server.compact();
    server.close(4409);
    await until(() => viola.provider.synced.value && oboe.provider.synced.value);
    await until(() => {
      const [peer] = mine.peers.value;
      return peer?.clientId === oboe.score.ydoc.clientID && peer.cursor !== null;
    });
    expect(mine.peers.value).toHaveLength(1);
    expect(mine.peers.value[0]?.cursor).toEqual([480, 64, LEAD]);
    mine.close();
    theirs.close();
  });

  it('shows more than 64 notes by their box', async () => {
    const page = await visited();
    const presence = new Presence(page.provider);
    const ids = Array.from({ length: 65 }, (_, index) => `note${index}`);
    presence.set({ select: { n: 65, box: [0, 960, 40, 80], ids } });
    expect(presence.own.select).toEqual({ n: 65, box: [0, 960, 40, 80], ids: [] });
    presence.close();
  });
});

it('knows every root that the document has', () => {
  const known: readonly string[] = ROOT_NAMES;
  expect([...server.ydoc.share.keys()].filter((name) => !known.includes(name))).toEqual([]);
});
