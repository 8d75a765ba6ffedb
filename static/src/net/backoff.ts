/** How long to wait before the next attempt to connect. */

const SHORTEST = 250;
const LONGEST = 15_000;

/**
 * Milliseconds before attempt `attempt` (from 0): a random part of a span that doubles up to 15 s
 * (full jitter), so that many pages do not come back to a server all at once.
 */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const span = Math.min(LONGEST, SHORTEST * 2 ** Math.min(attempt, 16));
  return Math.max(SHORTEST, Math.round(random() * span));
}
