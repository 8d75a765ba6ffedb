// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Player } from '../../../static/src/audio/player';
import { addNotes, named } from '../../../static/src/doc/gestures/add-notes';
import { deleteNotes } from '../../../static/src/doc/gestures/delete-notes';
import { setTempo } from '../../../static/src/doc/gestures/set-tempo';
import { addTrack, deleteTrack } from '../../../static/src/doc/gestures/tracks';
import { ScoreDocument } from '../../../static/src/doc/score-document';
import { AudioThread, OneSound, RATE } from './audio-thread';

vi.mock('../../../static/src/audio/synth-node', async () => {
  const { AudioThread: thread } = await import('./audio-thread');
  return { SynthNode: thread, SoundError: class extends Error {} };
});
vi.mock('../../../static/src/audio/sound-bank', async () => {
  const { OneSound: bank } = await import('./audio-thread');
  return { SoundBank: bank };
});

const BAR = 1920;
/** At 120 bpm. */
const BEAT_FRAMES = RATE / 2;

let score: ScoreDocument;
let player: Player;
let track: string;

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(50);
const thread = (): AudioThread => AudioThread.current;
const keys = (): number[] => [...(player.sounding.value.get(track) ?? [])];

function write(...rows: (readonly [start: number, pitch: number, duration: number])[]): string[] {
  const notes = named(rows.map(([start, pitch, duration]) => (
    { track, start, pitch, duration, velocity: 90 })));
  score.apply(addNotes(score, notes));
  return notes.map(({ id }) => id);
}

beforeEach(async () => {
  vi.useFakeTimers();
  OneSound.asked.length = 0;
  OneSound.refuses = null;
  score = new ScoreDocument();
  const gesture = addTrack(score, { name: 'Lead' });
  score.apply(gesture);
  ({ track } = gesture);
  player = new Player(score, { soundfontUrl: '/bank.sf2' });
  await player.start();
});

afterEach(() => {
  player.close();
  vi.useRealTimers();
});

describe('the player', () => {
  it('lets a preview ring on while the edit that caused it arrives', async () => {
    write([BAR, 60, 480]);
    player.preview(track, 60, 90);
    await settle();
    thread().run(RATE * 0.2);
    expect(keys()).toEqual([60]);
    thread().run(RATE * 0.2);
    expect(keys()).toEqual([]);
  });

  it('keeps a held key through edits and a stop, and ends it with its track', async () => {
    const [id = ''] = write([0, 60, 480]);
    player.noteOn(track, 72, 90);
    await settle();
    score.apply(deleteNotes(score, [id]));
    player.stop();
    await settle();
    thread().run(RATE);
    expect(keys()).toEqual([72]);
    score.apply(deleteTrack(score, track));
    await settle();
    thread().run(RATE * 2);
    expect(keys()).toEqual([]);
    expect(player.peak.value).toBeLessThan(1e-3);
  });

  it('brings the instruments of tracks that come together with a tempo', async () => {
    const other = addTrack(score, { name: 'Bass', program: 33 });
    score.apply({
      label: 'gesture.add',
      changes: [...other.changes, ...setTempo(score, { tick: 0, bpm: 90 }).changes],
    });
    await settle();
    expect(OneSound.asked.at(-1)).toContain('33');
    const setup = thread().orders.findLast((order) => order.t === 'setup');
    expect(setup?.channels.map(({ program }) => program)).toContain(33);
  });

  it('still sets tracks up when an instrument is missing, and says so', async () => {
    OneSound.refuses = 40;
    score.apply(addTrack(score, { name: 'Violin', program: 40 }));
    await settle();
    const setup = thread().orders.findLast((order) => order.t === 'setup');
    expect(setup?.channels.map(({ program }) => program)).toContain(40);
    expect(player.error.value).toBe('bank');
  });

  it('ends with the bar of the last note, also after the tempo or the end has moved', async () => {
    write([0, 60, 480]);
    player.play(0);
    await settle();
    thread().run(BEAT_FRAMES);
    score.apply(setTempo(score, { tick: 0, bpm: 60 }));
    await settle();
    thread().run(BEAT_FRAMES * 5.5);
    expect(player.playing.value).toBe(true);
    write([BAR, 62, 480]);
    await settle();
    thread().run(BEAT_FRAMES * 4);
    expect(player.playing.value).toBe(true);
    thread().run(BEAT_FRAMES * 8);
    expect(player.playing.value).toBe(false);
  });

  it('comes to an end after the loop was let go', async () => {
    write([0, 60, 480]);
    player.loop.value = { start: 0, end: 960, on: true };
    player.play(0);
    await settle();
    thread().run(BEAT_FRAMES * 7);
    expect(player.playing.value).toBe(true);
    player.loop.value = { ...player.loop.value, on: false };
    thread().run(BEAT_FRAMES * 5);
    expect(player.playing.value).toBe(false);
  });

  it('shows where the song is after the loop has changed on the way', async () => {
    write([0, 60, BAR * 4]);
    player.play(0);
    await settle();
    thread().run(BEAT_FRAMES * 3);
    const before = player.positionNow();
    player.loop.value = { start: 0, end: 960, on: true };
    thread().run(BEAT_FRAMES);
    expect(player.positionNow()).toBeCloseTo(before + 480, -1);
    player.loop.value = { start: 0, end: BAR, on: true };
    thread().run(BEAT_FRAMES);
    const once = player.positionNow();
    player.loop.value = { start: 960, end: BAR * 2, on: true };
    thread().run(512);
    expect(player.positionNow() - once).toBeLessThan(20);
  });

  it('does not take the end of an earlier run for its own', async () => {
    write([0, 60, 480]);
    player.play(0, 480);
    await settle();
    const { current } = AudioThread;
    const ended = { t: 'ended', run: 1 } as const;
    player.seek(960);
    current.tell(ended);
    expect(player.playing.value).toBe(true);
  });

  it('plays nothing that was stopped before the sound was open', async () => {
    const fresh = new Player(score, { soundfontUrl: '/bank.sf2' });
    fresh.play(0);
    fresh.stop();
    await settle();
    expect(fresh.state.value).toBe('ready');
    expect(fresh.playing.value).toBe(false);
    fresh.close();
  });

  it('opens another audio thread when the first has ended', async () => {
    const first = thread();
    player.play(0);
    await settle();
    first.tell({ t: 'trouble', text: 'gone', fatal: true });
    expect(player.playing.value).toBe(false);
    await player.start();
    expect(player.state.value).toBe('ready');
    expect(thread()).not.toBe(first);
  });
});
