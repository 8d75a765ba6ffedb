import { describe, expect, it } from 'vitest';

import type { SuggestionState } from '../../../static/src/ai/suggestion-state';
import { Flashes } from '../../../static/src/roll/flashes';
import { GhostAges } from '../../../static/src/roll/ghost-ages';
import { PeerMotion } from '../../../static/src/roll/peer-motion';
import { KIT, LEAD, TestRoll } from './test-roll';

const DRAG = { kind: 'move', dt: 480, dp: 5, box: [0, 0, 0, 0], ids: [] } as const;

describe('other people', () => {
  it('are eased towards where they are, and arrive', () => {
    const motion = new PeerMotion();
    motion.drag(1, { ...DRAG, dt: 0, dp: 0 }, 0, false);
    const soon = motion.drag(1, DRAG, 16, false);
    expect(soon.dt).toBeGreaterThan(0);
    expect(soon.dt).toBeLessThan(480);
    expect(soon.moving).toBe(true);
    let late = soon;
    for (let now = 32; now < 400; now += 16) late = motion.drag(1, DRAG, now, false);
    expect(late).toEqual({ dt: 480, dp: 5, moving: false });
  });

  it('jump where less motion is wanted', () => {
    const motion = new PeerMotion();
    motion.drag(1, { ...DRAG, dt: 0, dp: 0 }, 0, true);
    expect(motion.drag(1, DRAG, 16, true)).toEqual({ dt: 480, dp: 5, moving: false });
  });

  it('become a dot after eight still seconds, and the stage wakes up for it', () => {
    const motion = new PeerMotion();
    motion.pointer(1, { tick: 0, pitch: 60 }, 0, false);
    expect(motion.nextRest(1000)).toBeGreaterThan(6900);
    expect(motion.pointer(1, { tick: 0, pitch: 60 }, 8100, false).resting).toBe(true);
    expect(motion.nextRest(8100)).toBeNull();
    expect(motion.pointer(1, { tick: 9, pitch: 60 }, 8200, false).resting).toBe(false);
  });
});

describe('arriving notes', () => {
  const arriving = (count: number): SuggestionState => ({
    id: 's', status: 'arriving', candidates: [{
      index: 0, letter: 'A', front: count * 100,
      notes: Array.from({ length: count }, (_, i) => ({ id: `n${i}`, track: LEAD })),
    }],
  } as unknown as SuggestionState);

  it('grow and settle', () => {
    const ages = new GhostAges();
    ages.look([arriving(1)], 0);
    expect(ages.life('n0', 60)).toMatchObject({ shown: 0.5 });
    expect(ages.life('n0', 200)).toMatchObject({ shown: 1, grown: 1 });
    expect(ages.life('n0', 401)).toBeNull();
  });

  it('move at most thirty at a time', () => {
    const ages = new GhostAges();
    ages.look([arriving(100)], 0);
    const young = Array.from({ length: 100 }, (_, i) => ages.life(`n${i}`, 10));
    expect(young.filter((life) => life !== null)).toHaveLength(30);
  });

  it('do not move when they were there before the page was', () => {
    const ages = new GhostAges();
    ages.look([{ ...arriving(3), status: 'ready' }], 0);
    expect(ages.life('n0', 10)).toBeNull();
  });
});

describe('flashes', () => {
  it('light what somebody drops, in their colour, and go out', () => {
    const roll = new TestRoll([[0, 60, 480]]);
    const flashes = new Flashes();
    const id = roll.id(0);
    const user = { key: 'k', name: 'Oboe', color: 4 };
    flashes.look([{ user, drag: { ...DRAG, ids: [id] } } as never]);
    const note = roll.document.note(id) ?? null;
    const change = {
      notes: new Map([[id, { before: note, after: note }]]), tracks: false, timeline: false,
      lanes: false, origin: 'remote',
    } as const;
    flashes.heard(roll.document, change, 1000);
    expect(flashes.glowing(1100)).toEqual([{ id, color: 4, strength: 0.5 }]);
    expect(flashes.glowing(1300)).toEqual([]);
  });

  it('flood accepted notes from left to right', () => {
    const roll = new TestRoll();
    const flashes = new Flashes();
    const attribute = (key: string): { root: 'noteAttrs'; key: string; value: string } => ({
      root: 'noteAttrs', key: `${key}:from`, value: 'suggestion1',
    });
    roll.document.onChange((change) => { flashes.heard(roll.document, change, 0); });
    roll.document.apply({
      label: 'gesture.accept',
      changes: [
        { root: 'notes', key: 'first00000', value: [LEAD, 60, 0, 480, 80] }, attribute('first00000'),
        { root: 'notes', key: 'last000000', value: [KIT, 38, 960, 480, 80] }, attribute('last000000'),
      ],
    });
    expect(flashes.glowing(190).map((glow) => glow.id)).toEqual(['last000000']);
    expect(flashes.glowing(500)).toEqual([]);
  });
});
