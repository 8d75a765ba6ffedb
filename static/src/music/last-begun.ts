/** Finding the stretch of a map that is in force somewhere. */

/**
 * The last of `segments` that `begun` says has begun, by halving; the first one when none has.
 * Raises RangeError when there are none: a map always has one.
 */
export function lastBegun<Segment>(
  segments: readonly Segment[],
  begun: (segment: Segment) => boolean,
): Segment {
  let low = 0;
  let high = segments.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const segment = segments[middle];
    if (segment !== undefined && begun(segment)) low = middle;
    else high = middle;
  }
  const found = segments[low];
  if (found === undefined) throw new RangeError('a map has at least one segment');
  return found;
}
