import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Channels } from '../../../static/src/audio/channels';
import { firstFrom, ordered, rankOf } from '../../../static/src/audio/events';
import { laneSteps } from '../../../static/src/audio/lane-points';
import { Playhead } from '../../../static/src/audio/playhead';
import { Resampler } from '../../../static/src/audio/resampler';
import { controllerMessage, eventsOf } from '../../../static/src/audio/track-events';

const status = fc.constantFrom(0x80, 0x90, 0xb0, 0xe0);

describe('event lists', () => {
  it('stand in the order of frame and rank and lose nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1e9), status), { maxLength: 60 }), (events) => {
        const list = ordered(
          events.map(([frame]) => frame),
          events.map(([, kind], index) => kind | ((index & 0x7f) << 8)),
        );
        expect(list.frames.length).toBe(events.length);
        for (let i = 1; i < list.frames.length; i += 1) {
          const before = [list.frames[i - 1] ?? 0, rankOf(list.messages[i - 1] ?? 0)] as const;
          const now = [list.frames[i] ?? 0, rankOf(list.messages[i] ?? 0)] as const;
          expect(now[0] > before[0] || (now[0] === before[0] && now[1] >= before[1])).toBe(true);
        }
        const pairs = (frames: Iterable<number>, kinds: Iterable<number>): string[] => {
          const left = [...frames];
          const right = [...kinds];
          const kind = (i: number): number => (right[i] ?? 0) & 0xf0;
          return left.map((frame, i) => `${String(frame)} ${String(kind(i))}`).sort();
        };
        expect(pairs(list.frames, list.messages)).toEqual(
          pairs(
            events.map(([frame]) => frame),
            events.map(([, kind]) => kind),
          ),
        );
      }),
    );
  });

  it('finds the first event from a frame on', () => {
    const list = ordered([10, 20, 20, 30], [0x90, 0x80, 0x90, 0x90]);
    expect([0, 10, 11, 20, 21, 31].map((frame) => firstFrom(list, frame))).toEqual([
      0, 0, 1, 1, 3, 4,
    ]);
  });

  it('releases a repeated key before it strikes it again', () => {
    const list = eventsOf([[60, 0, 1, 90], [60, 1, 1, 90]], [], 100);
    expect([...list.messages].map((packed) => packed & 0xf0)).toEqual([0x90, 0x80, 0x90, 0x80]);
  });

  it('keeps controllers that would change the instrument to itself', () => {
    expect(controllerMessage('cc0', 5)).toBeNull();
    expect(controllerMessage('cc123', 5)).toBeNull();
    expect(controllerMessage('bend', 0)).toBe(0xe0 | (0 << 8) | (64 << 16));
    expect(controllerMessage('bend', -8192)).toBe(0xe0);
  });
});

describe('lane steps', () => {
  it('hold a step and draw a line in whole values', () => {
    const steps = laneSteps(
      [
        { tick: 0, value: 0, linear: true },
        { tick: 480, value: 10, linear: false },
        { tick: 960, value: 3, linear: false },
      ],
      (tick) => tick / 960,
    );
    const values = steps.map(([, value]) => value);
    expect(values.slice(0, 11)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(steps.at(-2)).toEqual([0.5, 10]);
    expect(steps.at(-1)).toEqual([1, 3]);
  });
});

describe('the playhead', () => {
  it('goes round the loop', () => {
    const head = new Playhead();
    head.start(1000, 50);
    const loop = { start: 100, end: 200 };
    expect(head.at(900, loop)).toBe(50);
    expect(head.at(1149, loop)).toBe(199);
    expect(head.at(1150, loop)).toBe(100);
    expect(head.at(1270, loop)).toBe(120);
    expect(head.at(1270, null)).toBe(320);
  });

  it('leaves a loop that it has already passed', () => {
    const head = new Playhead();
    head.start(0, 500);
    expect(head.at(100, { start: 100, end: 200 })).toBe(600);
  });
});

describe('the resampler', () => {
  it.each([
    [24_000, 44_100],
    [48_000, 44_100],
    [22_050, 48_000],
  ])('keeps a tone from %i to %i Hz, whatever the chunks', (from, to) => {
    const tone = Float32Array.from({ length: from }, (_, i) =>
      Math.sin((2 * Math.PI * 440 * i) / from),
    );
    const resampler = new Resampler(from, to);
    const out: number[] = [];
    for (let at = 0; at < tone.length; at += 777) {
      out.push(...resampler.push(tone.slice(at, at + 777)));
    }
    out.push(...resampler.end());
    expect(Math.abs(out.length - to)).toBeLessThanOrEqual(2);
    let error = 0;
    for (let i = 200; i < to - 200; i += 1) {
      error = Math.max(error, Math.abs((out[i] ?? 0) - Math.sin((2 * Math.PI * 440 * i) / to)));
    }
    expect(error).toBeLessThan(0.01);
  });
});

describe('channels', () => {
  const track = (id: string) => ({
    id,
    order: id,
    name: id,
    kind: 'pitched' as const,
    program: 0,
    color: 1,
    volume: 100,
    pan: 64,
    mute: false,
    reverb: 0,
    chorus: 0,
  });

  it('stay with their track and are given back', () => {
    const channels = new Channels();
    const a = channels.of('a');
    const b = channels.of('b');
    expect(channels.of('a')).toBe(a);
    expect(a).not.toBe(b);
    expect(channels.release(new Set(['b']))).toEqual([a]);
    expect(channels.trackOf(a)).toBeUndefined();
    expect(channels.of('c')).toBe(a);
  });

  it('are silent while another track is soloed, and step back behind a candidate', () => {
    const channels = new Channels();
    const tracks = [track('a'), track('b')];
    const gains = (solo: string[], front: string[] | null) =>
      channels
        .setups(tracks, { solo: new Set(solo), front: front && new Set(front) })
        .slice(1)
        .map((setup) => Math.round(setup.gain * 100));
    expect(gains([], null)).toEqual([100, 100]);
    expect(gains(['b'], null)).toEqual([0, 100]);
    expect(gains([], ['a'])).toEqual([100, 71]);
  });
});
