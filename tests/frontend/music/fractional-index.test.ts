import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderBetween, ordersAfter } from '../../../static/src/music/fractional-index';

describe('fractional order', () => {
  it('finds a place between any two neighbours, again and again', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 60 }), (places) => {
        const orders: string[] = [];
        for (const place of places) {
          const at = place % (orders.length + 1);
          orders.splice(at, 0, orderBetween(orders[at - 1] ?? null, orders[at] ?? null));
        }
        expect([...orders].sort((a, b) => (a < b ? -1 : 1))).toEqual(orders);
        expect(new Set(orders).size).toBe(orders.length);
      }),
    );
  });

  it('keeps a long row short', () => {
    const orders = ordersAfter(null, 200);
    expect(new Set(orders).size).toBe(200);
    expect([...orders].sort((a, b) => (a < b ? -1 : 1))).toEqual(orders);
    expect(Math.max(...orders.map((order) => order.length))).toBeLessThanOrEqual(5);
  });

  it('goes on after both where nothing fits between', () => {
    for (const [low, high] of [['a', 'a0'], ['b', 'b'], ['c', 'a']] as const) {
      expect(orderBetween(low, high) > low).toBe(true);
    }
  });
});
