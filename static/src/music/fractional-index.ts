/** Order as strings: between any two of them there is always room for another. */

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = DIGITS.length;

/**
 * A string that sorts (by code unit) after `before` and before `after`; null is an open end.
 *
 * Never ends in the lowest digit, since nothing fits between "a" and "a0". Where the two leave
 * no room, the result sorts after both.
 */
export function orderBetween(before: string | null, after: string | null): string {
  const low = before ?? '';
  const high = after !== null && low < after ? after : null;
  const longest = Math.max(low.length, high?.length ?? 0);
  let prefix = '';
  let bounded = high !== null;
  for (let place = 0; ; place += 1) {
    if (bounded && place >= longest) return orderBetween(high, null);
    const floor = digit(low, place);
    const ceiling = bounded ? digit(high ?? '', place) : BASE;
    // Appending goes up by one digit only, so that a long row of tracks keeps short orders.
    if (ceiling - floor > 1) {
      return prefix + DIGITS.charAt(bounded ? (floor + ceiling) >> 1 : floor + 1);
    }
    prefix += DIGITS.charAt(floor);
    if (ceiling > floor) bounded = false;
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
