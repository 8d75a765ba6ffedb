/** Order as strings: between any two of them there is always room for another. */

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = DIGITS.length;

/**
 * A string that sorts (by code unit) after `before` and before `after`; null is an open end.
 *
 * Never ends in the lowest digit, since nothing fits between "a" and "a0". Where the two leave
 * no room (they are equal, or in the wrong order) the result sorts just after `before`.
 */
export function orderBetween(before: string | null, after: string | null): string {
  const low = before ?? '';
  if (after !== null && low >= after) return orderBetween(before, null);
  let result = '';
  let bounded = after !== null;
  for (let place = 0; ; place += 1) {
    const floor = digit(low, place);
    const ceiling = bounded ? digit(after ?? '', place) : BASE;
    if (ceiling - floor > 1) {
      // Appending goes up by one digit only, so that a long row of tracks keeps short orders.
      const step = bounded ? (floor + ceiling) >> 1 : floor + 1;
      return result + DIGITS.charAt(step);
    }
    result += DIGITS.charAt(floor);
    if (ceiling > floor) bounded = false;
    if (place > low.length && bounded && place > (after ?? '').length) return `${low}V`;
  }
}

/** `count` orders after `before`, in order. */
export function ordersAfter(before: string | null, count: number): string[] {
  const orders: string[] = [];
  let last = before;
  for (let index = 0; index < count; index += 1) {
    last = orderBetween(last, null);
    orders.push(last);
  }
  return orders;
}

function digit(order: string, place: number): number {
  return place < order.length ? Math.max(0, DIGITS.indexOf(order.charAt(place))) : 0;
}
