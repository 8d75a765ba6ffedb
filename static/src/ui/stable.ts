import { computed, type ReadonlySignal } from '@preact/signals-core';

/** A computed list of words that counts as changed only when one of its words is another. */
export function stable(read: () => readonly string[]): ReadonlySignal<readonly string[]> {
  let last: readonly string[] = [];
  return computed(() => {
    const next = read();
    const same = next.length === last.length && next.every((word, i) => word === last[i]);
    if (!same) last = next;
    return last;
  });
}
