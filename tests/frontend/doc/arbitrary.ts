/** Random edits of a score, small enough that they often meet. */
import fc from 'fast-check';
import type { Change } from '../../../static/src/doc/gesture';
import { BASS, LEAD } from './scores';

const NOTE_IDS = Array.from({ length: 8 }, (_, index) => `noteNote0${index}`);
const TRACKS = [LEAD, BASS, 'goneGone'];

const noteChange: fc.Arbitrary<Change> = fc
  .tuple(
    fc.constantFrom(...NOTE_IDS),
    fc.option(
      fc.tuple(
        fc.constantFrom(...TRACKS),
        fc.integer({ min: 58, max: 62 }),
        fc.integer({ min: 0, max: 6 }).map((step) => step * 120),
        fc.integer({ min: 1, max: 5 }).map((step) => step * 60),
        fc.integer({ min: 1, max: 127 }),
      ),
    ),
  )
  .map(([key, value]) => ({ root: 'notes', key, value }));

const attribute: fc.Arbitrary<Change> = fc
  .tuple(fc.constantFrom(...NOTE_IDS), fc.constantFrom(1, null))
  .map(([id, value]) => ({ root: 'noteAttrs', key: `${id}:muted`, value }));

const trackChange: fc.Arbitrary<Change> = fc
  .tuple(
    fc.constantFrom(...TRACKS),
    fc.constantFrom('order', 'name'),
    fc.option(fc.constantFrom('a0', 'a1', 'b')),
  )
  .map(([track, field, value]) => ({ root: 'tracks', key: `${track}:${field}`, value }));

const lanePoint: fc.Arbitrary<Change> = fc
  .tuple(
    fc.constantFrom(...TRACKS),
    fc.constantFrom('cc7', 'bend'),
    fc.integer({ min: 0, max: 3 }),
    fc.option(fc.tuple(fc.integer({ min: 0, max: 127 }), fc.integer({ min: 0, max: 1 }))),
  )
  .map(([track, controller, step, value]) => ({
    root: 'lanes',
    key: `${track}:${controller}:${step * 240}`,
    value,
  }));

const timeline: fc.Arbitrary<Change> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 60_000, max: 900_000 }))
    .map(([step, tempo]) => ({ root: 'tempo' as const, key: `${step * 960}`, value: [tempo, 1] })),
  fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 2, max: 7 }))
    .map(([step, beats]) => ({ root: 'meter' as const, key: `${step * 960}`, value: [beats, 4] })),
  fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.option(fc.integer({ min: -7, max: 7 })))
    .map(([step, fifths]) => ({
      root: 'keys' as const,
      key: `${step * 960}`,
      value: fifths === null ? null : [fifths, 'major'],
    })),
);

export const change: fc.Arbitrary<Change> = fc.oneof(
  { arbitrary: noteChange, weight: 6 },
  { arbitrary: attribute, weight: 1 },
  { arbitrary: trackChange, weight: 1 },
  { arbitrary: lanePoint, weight: 1 },
  { arbitrary: timeline, weight: 1 },
);

export const changes: fc.Arbitrary<Change[]> = fc.array(change, { minLength: 1, maxLength: 8 });

export { noteChange };
