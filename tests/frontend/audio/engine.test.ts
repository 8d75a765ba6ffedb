// @vitest-environment node
import { BasicSoundBank } from 'spessasynth_core';
import { beforeEach, describe, expect, it } from 'vitest';

import { BLOCK, SynthEngine } from '../../../static/src/audio/engine';
import { eventsOf, type TimedNote } from '../../../static/src/audio/track-events';

const RATE = 44_100;
const CHANNEL = 3;
const setup = {
  channel: CHANNEL,
  drums: false,
  program: 0,
  volume: 100,
  pan: 64,
  reverb: 0,
  chorus: 0,
  gain: 1,
};

let engine: SynthEngine;

beforeEach(() => {
  engine = new SynthEngine(RATE);
  engine.loadBank('saw', BasicSoundBank.getSampleSoundBankFile());
  engine.setChannels([setup]);
});

/** Renders `frames` of sound, left side, in blocks as an audio thread would. */
function render(frames: number, by: SynthEngine = engine): Float32Array {
  const out = new Float32Array(Math.ceil(frames / BLOCK) * BLOCK);
  const right = new Float32Array(BLOCK);
  for (let at = 0; at < out.length; at += BLOCK) {
    by.render(out.subarray(at, at + BLOCK), right, BLOCK);
  }
  return out;
}

function song(...notes: TimedNote[]): void {
  engine.setEvents(CHANNEL, eventsOf(notes, [], RATE));
}

const firstSound = (sound: Float32Array, from = 0): number =>
  sound.findIndex((sample, index) => index >= from && Math.abs(sample) > 1e-5);

describe('the engine', () => {
  it.each([0, 1, 63, 64, 127, 200, 1000, 4411])('sounds a note on its frame (%i)', (frame) => {
    song([60, frame / RATE, 0.1, 100]);
    engine.play(0, Infinity);
    const first = firstSound(render(8192));
    expect(first - frame).toBeGreaterThanOrEqual(0);
    expect(first - frame).toBeLessThanOrEqual(3);
  });

  it('renders the same samples every time', () => {
    song([60, 0.01, 0.1, 100], [64, 0.05, 0.2, 80]);
    engine.setChannels([{ ...setup, reverb: 90, chorus: 60 }]);
    engine.play(0, Infinity);
    const once = render(RATE / 2);
    const other = new SynthEngine(RATE);
    other.loadBank('saw', BasicSoundBank.getSampleSoundBankFile());
    other.setChannels([{ ...setup, reverb: 90, chorus: 60 }]);
    other.setEvents(CHANNEL, eventsOf([[60, 0.01, 0.1, 100], [64, 0.05, 0.2, 80]], [], RATE));
    other.play(0, Infinity);
    expect(render(RATE / 2, other)).toEqual(once);
  });

  it('repeats a loop with the exact period', () => {
    const heard: number[] = [];
    let frame = 0;
    engine.onSounded = (_channel, _pitch, velocity) => {
      if (velocity > 0) heard.push(frame);
    };
    song([60, 0, 0.01, 100]);
    engine.loop = { start: 0, end: 12_800 };
    engine.play(0, Infinity);
    const right = new Float32Array(BLOCK);
    for (; frame < 12_800 * 4; frame += BLOCK) engine.render(new Float32Array(BLOCK), right, BLOCK);
    expect(heard).toEqual([0, 12_800, 25_600, 38_400]);
  });

  it('ends by itself where it was told to, and falls silent', () => {
    let ended = 0;
    engine.onEnded = () => { ended += 1; };
    song([60, 0, 10, 100]);
    engine.play(0, 10_000);
    render(RATE * 2);
    expect(ended).toBe(1);
    expect(engine.playing).toBe(false);
    expect(engine.voices).toBe(0);
  });

  it('stops softly: every voice is released', () => {
    song([60, 0, 10, 100], [64, 0, 10, 100]);
    engine.play(0, Infinity);
    render(4096);
    expect(engine.voices).toBeGreaterThan(0);
    engine.stop(false);
    render(RATE * 2);
    expect(engine.voices).toBe(0);
  });

  it('ends a sounding note that an edit deletes, and keeps one that it leaves', () => {
    const ended: number[] = [];
    song([60, 0, 5, 100], [64, 0, 5, 100]);
    engine.play(0, Infinity);
    render(4096);
    engine.onSounded = (_channel, pitch, velocity) => {
      if (velocity === 0) ended.push(pitch);
    };
    song([60, 0, 5, 100]);
    render(4096);
    expect(ended).toEqual([64]);
  });

  it('catches up on notes and pedal that began before a seek', () => {
    const notes: TimedNote[] = [
      [60, 0, 2, 100],
      [64, 0, 0.2, 100],
    ];
    engine.setEvents(CHANNEL, eventsOf(notes, [['cc64', 0.1, 127]], RATE));
    const begun: number[] = [];
    engine.onSounded = (_channel, pitch, velocity) => {
      if (velocity > 0) begun.push(pitch);
    };
    engine.play(RATE, Infinity);
    render(1024);
    expect(begun).toEqual([60]);
  });

  it('lets a preview ring for its length and no longer', () => {
    const changes: [number, number][] = [];
    engine.onSounded = (_channel, pitch, velocity) => { changes.push([pitch, velocity]); };
    engine.preview(CHANNEL, 72, 90, 1000);
    render(512);
    expect(changes).toEqual([[72, 90]]);
    render(1024);
    expect(changes).toEqual([
      [72, 90],
      [72, 0],
    ]);
  });

  it('never leaves the ceiling, however loud the song', () => {
    song(...Array.from({ length: 60 }, (_, i): TimedNote => [30 + i, 0, 1, 127]));
    engine.setChannels([{ ...setup, volume: 127, gain: 4 }]);
    engine.play(0, Infinity);
    const sound = render(RATE);
    const peak = sound.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(peak).toBeGreaterThan(0.9);
    expect(peak).toBeLessThanOrEqual(0.9701);
  });

  it('is silent on a channel without gain', () => {
    engine.setChannels([{ ...setup, gain: 0 }]);
    song([60, 0, 1, 100]);
    engine.play(0, Infinity);
    expect(firstSound(render(8192))).toBe(-1);
  });

  it('plays rendered sound at its place in the song, after a seek too', () => {
    engine.openStream(1, 5000);
    engine.appendStream(1, new Float32Array(2000).fill(0.5));
    engine.play(0, Infinity);
    const sound = render(8192);
    expect(firstSound(sound)).toBe(5000);
    expect(firstSound(sound.subarray(7000))).toBe(-1);
    engine.play(6144, Infinity);
    expect(firstSound(render(512))).toBeLessThan(BLOCK * 2);
    engine.closeStream(1);
    engine.play(5000, Infinity);
    expect(firstSound(render(1024))).toBe(-1);
  });

  it('opens channels past the sixteenth', () => {
    engine.setChannels([{ ...setup, channel: 40 }]);
    engine.setEvents(40, eventsOf([[60, 0, 0.1, 100]], [], RATE));
    engine.play(0, Infinity);
    expect(firstSound(render(2048))).toBeGreaterThanOrEqual(0);
  });
});
