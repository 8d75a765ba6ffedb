import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readAudioFrame } from '../../../static/src/ai/audio-frame';
import { Suggestions } from '../../../static/src/ai/suggestions';
import type { SuggestionState } from '../../../static/src/ai/suggestion-state';
import { readSuggestionMessage } from '../../../static/src/ai/suggestion-wire';
import { addNotes } from '../../../static/src/doc/gestures/add-notes';
import { transposeNotes } from '../../../static/src/doc/gestures/transpose-notes';
import type { ScoreDocument } from '../../../static/src/doc/score-document';
import type { Note } from '../../../static/src/music/notes';
import { Link } from '../../../static/src/net/link';
import { LEAD, newScore, note } from '../doc/scores';
import { until } from '../net/browser';
import { audioFrame, instead, opened, SuggestionServer } from './suggestion-server';

let server: SuggestionServer;
let score: ScoreDocument;
let suggestions: Suggestions;

async function join(): Promise<void> {
  suggestions = new Suggestions({ link: new Link(server.url) });
  await until(() => suggestions.connected.value);
}

beforeEach(async () => {
  server = new SuggestionServer();
  await server.start();
  score = newScore();
});

afterEach(async () => {
  suggestions.close();
  await server.stop();
});

const REQUEST = {
  kind: 'continue',
  region: { tracks: [LEAD], start: 1920, end: 3840 },
  controls: { tempo: 90 },
  candidates: 2,
} as const;

function only(): SuggestionState {
  const [first] = suggestions.list.value;
  if (first === undefined) throw new Error('there is no suggestion');
  return first;
}

function row(id: string, start: number, pitch = 60): unknown[] {
  return [id, LEAD, pitch, start, 240, 90];
}

/** A suggestion whose first candidate has two notes. */
async function ready(fields: Readonly<Record<string, unknown>> = {}): Promise<void> {
  server.say({ t: 'opened', ...opened('s1', fields), ref: null });
  server.say({ t: 'note', id: 's1', candidate: 0, note: row('noteNote01', 1920), logp: -1 });
  server.say({ t: 'note', id: 's1', candidate: 0, note: row('noteNote02', 2400), logp: -2 });
  server.say({ t: 'done', id: 's1', candidate: 0, stats: { bars: 2 }, state: 'arriving' });
  server.say({ t: 'done', id: 's1', candidate: 1, stats: {}, state: 'ready' });
  await until(() => suggestions.list.value[0]?.status === 'ready');
}

describe('asking', () => {
  it('sends the wish and shows what comes, note by note', async () => {
    await join();
    suggestions.request(REQUEST);
    await until(() => server.heardOf('suggest').length === 1);
    const [asked] = server.heardOf('suggest');
    expect(asked).toMatchObject({ ...REQUEST, seed: null });

    server.say({ t: 'opened', ...opened('s1'), ref: asked?.['ref'] });
    await until(() => suggestions.list.value.length === 1);
    expect(only()).toMatchObject({
      id: 's1',
      by: { name: 'Oboe' },
      status: 'waiting',
      queue: 1,
      controls: { tempo: 120 },
      hidden: false,
    });
    expect(only().candidates.map(({ letter }) => letter)).toEqual(['A', 'B']);
    expect(suggestions.current.value).toEqual({ suggestion: 's1', candidate: 0 });

    server.say({ t: 'progress', id: 's1', state: 'waking', queue: 0, candidate: null, tick: null });
    await until(() => only().queue === 0);
    expect(only().status).toBe('waiting');

    server.say({ t: 'note', id: 's1', candidate: 1, note: row('noteNote01', 2000), logp: -0.5 });
    await until(() => only().status === 'arriving');
    expect(only().candidates[1]?.notes).toEqual([
      { ...note({ id: 'noteNote01', start: 2000, velocity: 90 }), logp: -0.5 },
    ]);
    expect(only().candidates[1]?.front).toBe(2000);
    server.say({ t: 'progress', id: 's1', state: 'arriving', queue: 0, candidate: 1, tick: 2880 });
    await until(() => only().candidates[1]?.front === 2880);
    server.say({ t: 'done', id: 's1', candidate: 1, stats: { first: 0.1 }, state: 'arriving' });
    await until(() => only().candidates[1]?.done === true);
    expect(only().candidates[1]?.stats).toEqual({ first: 0.1 });
  });

  it('says why it was refused, and forgets that with the next request', async () => {
    await join();
    suggestions.request(REQUEST);
    await until(() => server.heardOf('suggest').length === 1);
    const ref = server.heardOf('suggest')[0]?.['ref'];
    server.say({ t: 'error', ref, code: 'limit', text: 'Three requests at a time.' });
    await until(() => suggestions.problem.value !== null);
    expect(suggestions.problem.value).toEqual({ code: 'limit', text: 'Three requests at a time.' });
    suggestions.request(REQUEST);
    expect(suggestions.problem.value).toBeNull();
  });

  it('says at once that there is no connection', async () => {
    await join();
    await server.stop();
    await until(() => !suggestions.connected.value);
    suggestions.request(REQUEST);
    expect(suggestions.problem.value?.code).toBe('offline');
  });

  it('shows failures, ends and votes', async () => {
    await join();
    for (const id of ['s1', 's2', 's3']) server.say({ t: 'opened', ...opened(id), ref: null });
    server.say({ t: 'failed', id: 's1', code: 'no_weights', text: 'Train the model first.' });
    server.say({ t: 'cancelled', id: 's2', by: {} });
    server.say({ t: 'voted', id: 's3', candidate: 1, by: {}, value: 1, votes: [{ key: 'k', value: 1 }] });
    await until(() => suggestions.list.value[2]?.candidates[1]?.votes.length === 1);
    expect(suggestions.list.value.map(({ status }) => status)).toEqual([
      'failed',
      'cancelled',
      'waiting',
    ]);
    expect(suggestions.list.value[0]?.error?.text).toBe('Train the model first.');
    expect(suggestions.current.value?.suggestion).toBe('s3');
    suggestions.vote('s3', 0, 1);
    suggestions.cancel('s3');
    await until(() => server.heardOf('cancel').length === 1);
    expect(server.heardOf('vote')).toEqual([{ t: 'vote', id: 's3', candidate: 0, value: 1 }]);
  });
});

describe('deciding', () => {
  it('accepts as one gesture with the very ids, and tells the room once', async () => {
    await join();
    await ready();
    suggestions.accept(score, 's1', 0);
    expect(score.notesOf(LEAD).notes.map(({ id }) => id)).toEqual(['noteNote01', 'noteNote02']);
    expect(score.attribute('noteNote01', 'from')).toBe('s1');
    await until(() => server.heardOf('decide').length === 1);
    expect(server.heardOf('decide')[0]).toEqual({
      t: 'decide',
      id: 's1',
      candidate: 0,
      verdict: 'accepted',
      notes: null,
    });
    suggestions.accept(score, 's1', 0);
    expect(score.noteCount).toBe(2);
    score.undo();
    expect(score.noteCount).toBe(0);
  });

  it('takes away what it replaces, unless somebody changed it since', async () => {
    const [untouched, changed] = [note({ start: 1920 }), note({ start: 2400, pitch: 64 })];
    score.apply(addNotes(score, [untouched, changed]));
    await join();
    await ready({ kind: 'infill', ...instead([untouched, changed]) });
    score.apply(transposeNotes(score, [changed.id], 1));
    suggestions.accept(score, 's1', 0);
    expect(score.note(untouched.id)).toBeUndefined();
    expect(score.note(changed.id)?.pitch).toBe(65);
  });

  it('goes by the notes as they were asked about, whenever the score arrives', async () => {
    const asked = [note({ start: 1920 }), note({ start: 2400, pitch: 64 })];
    const [untouched, changed] = asked as [Note, Note];
    server.open = [opened('s1', { kind: 'infill', ...instead(asked) })];
    await join();
    // Only now does the page learn of the score, in which somebody has changed one of them.
    score.apply(addNotes(score, [untouched, { ...changed, pitch: 65 }]));
    server.say({ t: 'note', id: 's1', candidate: 0, note: row('noteNote01', 1920), logp: -1 });
    await until(() => only().candidates[0]?.notes.length === 1);
    suggestions.accept(score, 's1', 0);
    expect(score.note(untouched.id)).toBeUndefined();
    expect(score.note(changed.id)?.pitch).toBe(65);
    expect(score.note('noteNote01')).toBeDefined();
  });

  it('keeps a note that was changed before the page came', async () => {
    const asked = note({ start: 1920, pitch: 40 });
    score.apply(addNotes(score, [{ ...asked, velocity: 3 }]));
    await join();
    await ready({ kind: 'infill', ...instead([asked]) });
    suggestions.accept(score, 's1', 0);
    expect(score.note(asked.id)?.velocity).toBe(3);
  });

  it('accepts in part, replacing only there', async () => {
    const [first, second] = [note({ start: 1920, pitch: 40 }), note({ start: 2400, pitch: 40 })];
    score.apply(addNotes(score, [first, second]));
    await join();
    await ready({ kind: 'infill', ...instead([first, second]) });
    suggestions.accept(score, 's1', 0, ['noteNote02']);
    expect(score.notesOf(LEAD).notes.map(({ id }) => id)).toEqual([first.id, 'noteNote02']);
    await until(() => server.heardOf('decide').length === 1);
    expect(server.heardOf('decide')[0]).toMatchObject({ notes: ['noteNote02'] });
  });

  it('decides nothing while the score may only be read', async () => {
    await join();
    await ready();
    const gestures: string[] = [];
    score.readOnlyIntercept = ({ label }) => gestures.push(label);
    suggestions.accept(score, 's1', 0);
    expect(gestures).toEqual(['gesture.accept']);
    suggestions.vote('s1', 0, 1);
    await until(() => server.heardOf('vote').length === 1);
    expect(server.heardOf('decide')).toEqual([]);
  });

  it('follows what the room decides, and lets a dismissal be reopened', async () => {
    await join();
    await ready();
    suggestions.dismiss('s1', 0);
    await until(() => server.heardOf('decide').length === 1);
    const decided = { t: 'decided', id: 's1', candidate: 0, verdict: 'dismissed', notes: null, by: {} };
    server.say({ ...decided, state: 'ready', verdicts: ['dismissed', null], kept: [null, null] });
    await until(() => only().candidates[0]?.verdict === 'dismissed');
    expect(suggestions.current.value).toEqual({ suggestion: 's1', candidate: 1 });
    server.say({ ...decided, state: 'ready', verdicts: [null, null], kept: [null, null] });
    await until(() => only().candidates[0]?.verdict === null);
  });

  it('keeps a decision made without a connection until it can be told', async () => {
    await join();
    await ready();
    server.open = [opened('s1', { state: 'ready' })];
    await server.stop();
    await until(() => !suggestions.connected.value);
    suggestions.accept(score, 's1', 0);
    expect(score.noteCount).toBe(2);
    await server.start();
    await until(() => server.heardOf('decide').length === 1);
  });

  it('goes round the open candidates, without those hidden from me', async () => {
    await join();
    for (const id of ['s1', 's2']) server.say({ t: 'opened', ...opened(id), ref: null });
    await until(() => suggestions.list.value.length === 2);
    const at = (): string => {
      const now = suggestions.current.value;
      return now === null ? '' : `${now.suggestion} ${now.candidate}`;
    };
    const round = [1, 1, 1, 1, -1].map((step) => {
      suggestions.next(step === 1 ? 1 : -1);
      return at();
    });
    expect(round).toEqual(['s1 1', 's2 0', 's2 1', 's1 0', 's2 1']);
    suggestions.hideForMe('s2');
    expect(at()).toBe('s1 0');
    suggestions.next(-1);
    expect(at()).toBe('s1 1');
    expect(suggestions.list.value[1]?.hidden).toBe(true);
    suggestions.hideForMe('s1');
    expect(suggestions.current.value).toBeNull();
    suggestions.showForMe('s1');
    suggestions.next(1);
    expect(at()).toBe('s1 0');
    expect(server.heard).toEqual([]);
  });
});

describe('joining again', () => {
  it('notices a line on which nothing comes any more', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    try {
      await join();
      vi.advanceTimersByTime(30_000);
      expect(suggestions.connected.value).toBe(true);
      vi.advanceTimersByTime(16_000);
      expect(suggestions.connected.value).toBe(false);
      await until(() => suggestions.connected.value);
    } finally {
      vi.useRealTimers();
    }
  });

  it('shows what is open now, and settles what is not', async () => {
    await join();
    await ready();
    server.say({ t: 'opened', ...opened('s2'), ref: null });
    await until(() => suggestions.list.value.length === 2);
    const [first] = opened('s2')['candidates'] as Record<string, unknown>[];
    server.open = [
      opened('s2', {
        state: 'arriving',
        candidates: [{ ...first, notes: [[...row('noteNote09', 1920), -3]], tick: 2400 }],
      }),
    ];
    await server.stop();
    await until(() => !suggestions.connected.value);
    await server.start();
    await until(() => suggestions.connected.value);
    expect(suggestions.list.value.map(({ id, status }) => [id, status])).toEqual([
      ['s1', 'decided'],
      ['s2', 'arriving'],
    ]);
    const candidate = suggestions.list.value[1]?.candidates[0];
    expect(candidate?.notes.map(({ id, logp }) => [id, logp])).toEqual([['noteNote09', -3]]);
    // The note was on its way twice; it stands there once.
    server.say({ t: 'note', id: 's2', candidate: 0, note: row('noteNote09', 1920), logp: -3 });
    server.say({ t: 'note', id: 's2', candidate: 0, note: row('noteNote10', 2400), logp: -3 });
    await until(() => suggestions.list.value[1]?.candidates[0]?.notes.length === 2);
  });
});

describe('a preview', () => {
  it('streams sound, with a receipt for each piece', async () => {
    await join();
    await ready();
    const preview = suggestions.preview('s1', 0, 'singer', { vowels: 'a' }, null);
    await until(() => server.heardOf('preview').length === 1);
    const [asked] = server.heardOf('preview');
    expect(asked).toMatchObject({ id: 's1', candidate: 0, voice: 'singer', tempo: null });
    expect(preview.state.value).toBe('waiting');
    server.say({ t: 'stream', ref: asked?.['ref'], stream: 5, id: 's1', candidate: 0, rate: 24_000 });
    server.sayRaw(audioFrame(5, 0, [0, 16_384]));
    await until(() => preview.state.value === 'streaming');
    const heard: number[] = [];
    preview.onChunk((pcm, channels, rate) => {
      expect([channels, rate]).toEqual([1, 24_000]);
      heard.push(...pcm);
    });
    server.sayRaw(audioFrame(5, 1, [-32_768], true));
    await until(() => preview.state.value === 'done');
    expect(heard).toEqual([0, 0.5, -1]);
    await until(() => server.heardOf('received').length === 2);
    expect(server.heardOf('received')).toEqual([
      { t: 'received', stream: 5, sequence: 0 },
      { t: 'received', stream: 5, sequence: 1 },
    ]);
  });

  it('is stopped, also before it has begun', async () => {
    await join();
    const [late, early] = [0, 1].map(() => suggestions.preview('s1', 0, 'singer', {}, null));
    await until(() => server.heardOf('preview').length === 2);
    const refs = server.heardOf('preview').map((message) => message['ref']);
    server.say({ t: 'stream', ref: refs[0], stream: 1 });
    server.sayRaw(audioFrame(1, 0, [1]));
    await until(() => late?.state.value === 'streaming');
    late?.stop();
    early?.stop();
    server.say({ t: 'stream', ref: refs[1], stream: 2 });
    await until(() => server.heardOf('stop').length === 2);
    expect(server.heardOf('stop').map((message) => message['stream'])).toEqual([1, 2]);
    expect([late?.state.value, early?.state.value]).toEqual(['stopped', 'stopped']);
  });

  it('fails with the server’s words, or with the connection', async () => {
    await join();
    const refused = suggestions.preview('s1', 0, 'bagpipe', {}, null);
    await until(() => server.heardOf('preview').length === 1);
    const ref = server.heardOf('preview')[0]?.['ref'];
    server.say({ t: 'error', ref, code: 'voice', text: 'There is no such voice.' });
    await until(() => refused.state.value === 'failed');
    expect(refused.error.value?.text).toBe('There is no such voice.');
    expect(suggestions.problem.value).toBeNull();
    const lost = suggestions.preview('s1', 0, 'singer', {}, null);
    await server.stop();
    await until(() => lost.state.value === 'failed');
    expect(suggestions.preview('s1', 0, 'singer', {}, null).state.value).toBe('failed');
  });
});

describe('what comes over the socket', () => {
  it('is read or left, never thrown at the page', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        readSuggestionMessage(text);
      }),
    );
    const name = fc.constantFrom('open', 'opened', 'progress', 'note', 'done', 'decided', 'error');
    fc.assert(
      fc.property(name, fc.dictionary(fc.string(), fc.jsonValue()), (t, rest) => {
        readSuggestionMessage(JSON.stringify({ ...rest, t }));
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (data) => { readAudioFrame(data); }));
    expect(readSuggestionMessage('nonsense')).toBeNull();
    expect(readAudioFrame(new Uint8Array(3))).toBeNull();
  });
});
