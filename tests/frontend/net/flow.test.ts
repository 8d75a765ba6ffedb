import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { backoff } from '../../../static/src/net/backoff';
import { Outbox } from '../../../static/src/net/outbox';
import { Pace } from '../../../static/src/net/pace';
import { Receipts } from '../../../static/src/net/receipts';

describe('back-off', () => {
  it('waits between a quarter of a second and fifteen, longer and longer at most', () => {
    const luck = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.nat({ max: 10_000 }), luck, (attempt, drawn) => {
        const wait = backoff(attempt, () => drawn);
        expect(wait).toBeGreaterThanOrEqual(250);
        expect(wait).toBeLessThanOrEqual(15_000);
        expect(backoff(attempt + 1, () => 1)).toBeGreaterThanOrEqual(backoff(attempt, () => 1));
      }),
    );
  });
});

describe('the pace of updates', () => {
  it('lets a burst through, then so many a second', () => {
    let now = 0;
    const pace = new Pace(10, 5, () => now);
    expect(Array.from({ length: 5 }, () => pace.wait())).toEqual([0, 0, 0, 0, 0]);
    expect(pace.wait()).toBe(100);
    now = 100;
    expect(pace.wait()).toBe(0);
    expect(pace.wait()).toBe(100);
    now = 10_000;
    expect(Array.from({ length: 6 }, () => pace.wait())).toEqual([0, 0, 0, 0, 0, 100]);
  });
});

describe('receipts', () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  it('tell the bytes of a socket so far: after 64 KiB or a quarter of a second', () => {
    const told: number[] = [];
    const receipts = new Receipts((bytes) => told.push(bytes));
    receipts.received(100);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(250);
    expect(told).toEqual([100]);
    receipts.received(70_000);
    expect(told).toEqual([100, 70_100]);
    vi.advanceTimersByTime(1000);
    expect(told).toHaveLength(2);
    receipts.reset();
    receipts.received(7);
    vi.advanceTimersByTime(250);
    expect(told).toEqual([100, 70_100, 7]);
  });
});

describe('the outbox', () => {
  const change = (key: string): { root: 'notes'; key: string; value: null }[] => [
    { root: 'notes', key, value: null },
  ];

  it('holds an edit until the frame that carries it is stored', () => {
    const outbox = new Outbox();
    outbox.addChanges(change('a'));
    outbox.ride();
    outbox.addChanges(change('b'));
    outbox.pass();
    outbox.ride();
    expect(outbox.unacked.value).toBe(2);
    expect(outbox.acked(1)).toBe(true);
    expect(outbox.unacked.value).toBe(1);
    expect(outbox.acked(2)).toBe(false);
    expect(outbox.acked(3)).toBe(true);
    expect(outbox.unacked.value).toBe(0);
  });

  it('counts from one again on a new socket', () => {
    const outbox = new Outbox();
    outbox.addChanges(change('a'));
    outbox.ride();
    outbox.reconnected();
    expect(outbox.acked(5)).toBe(false);
    outbox.ride();
    expect(outbox.acked(1)).toBe(true);
    outbox.addChanges(change('b'));
    expect(outbox.drain().flat()).toEqual(change('b'));
    expect(outbox.unacked.value).toBe(0);
  });
});
