import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  awarenessFrame,
  FrameError,
  missingFrame,
  partFrame,
  privateFrame,
  readFrame,
  stateVectorFrame,
  updateFrame,
  type Bytes,
  type Frame,
} from '../../../static/src/net/frames';
import { Assembly, inParts, PART_BYTES } from '../../../static/src/net/parts';

interface Golden {
  readonly name: string;
  readonly base64: string;
  readonly decoded: {
    readonly type: number;
    readonly step?: number;
    readonly payload?: string;
    readonly reason?: string;
    readonly message?: { readonly t: string };
    readonly id?: number;
    readonly index?: number;
    readonly count?: number;
  };
}

const { frames } = JSON.parse(readFileSync('tests/fixtures/frames/frames.json', 'utf8')) as {
  frames: readonly Golden[];
};

function bytes(base64: string): Bytes {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

/** What the golden file says of a frame, in our words. */
function meaning({ type, step, payload = '', reason = '', message, ...part }: Golden['decoded']): Frame {
  if (type === 0) {
    const kind = (['stateVector', 'missing', 'update'] as const)[step ?? 0] ?? 'update';
    return { type: kind, payload: bytes(payload) };
  }
  if (type === 1) return { type: 'awareness', payload: bytes(payload) };
  if (type === 2) return { type: 'denied', reason };
  if (type === 3) return { type: 'queryAwareness' };
  if (type === 100 && message !== undefined) return { type: 'private', message };
  const { id = 0, index = 0, count = 0 } = part;
  return { type: 'part', part: { id, index, count, payload: bytes(payload) } };
}

function encoded(frame: Frame): Bytes | null {
  switch (frame.type) {
    case 'stateVector':
      return stateVectorFrame(frame.payload);
    case 'missing':
      return missingFrame(frame.payload);
    case 'update':
      return updateFrame(frame.payload);
    case 'awareness':
      return awarenessFrame(frame.payload);
    case 'private':
      return privateFrame(frame.message);
    case 'part':
      return partFrame(frame.part);
    case 'queryAwareness':
    case 'denied':
      return null; // only servers say it
  }
}

describe('frames', () => {
  it.each(frames)('are read as the golden file says: $name', ({ base64, decoded }) => {
    expect(readFrame(bytes(base64))).toEqual(meaning(decoded));
  });

  it.each(frames)('are written as the golden file says: $name', ({ base64 }) => {
    const frame = encoded(readFrame(bytes(base64)));
    if (frame !== null) expect(Buffer.from(frame).toString('base64')).toBe(base64);
  });

  it('that are garbage raise FrameError and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (data) => {
        try {
          readFrame(data);
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('long messages', () => {
  it('come back whole from their parts', () => {
    const long = updateFrame(new Uint8Array(PART_BYTES * 2 + 17).map((_, index) => index % 251));
    const parts = inParts(long, 7);
    expect(parts).toHaveLength(3);
    expect(parts.every((part) => part.length < 1024 * 1024)).toBe(true);
    const assembly = new Assembly();
    const whole = parts.map((part) => {
      const frame = readFrame(part);
      return frame.type === 'part' ? assembly.add(frame.part) : null;
    });
    expect(whole.slice(0, 2)).toEqual([null, null]);
    expect(Buffer.compare(Buffer.from(whole[2] ?? []), Buffer.from(long))).toBe(0);
  });

  it('short ones are left alone', () => {
    const short = updateFrame(new Uint8Array([1]));
    expect(inParts(short, 1)).toEqual([short]);
  });

  it('in the wrong order are refused', () => {
    const assembly = new Assembly();
    const part = (id: number, index: number): Parameters<Assembly['add']>[0] => ({
      id,
      index,
      count: 3,
      payload: new Uint8Array(1),
    });
    assembly.add(part(1, 0));
    expect(() => assembly.add(part(1, 2))).toThrow(FrameError);
    expect(() => new Assembly().add(part(2, 1))).toThrow(FrameError);
  });
});
