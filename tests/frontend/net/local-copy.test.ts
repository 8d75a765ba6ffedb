import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Change } from '../../../static/src/doc/gesture';
import { LocalCopy } from '../../../static/src/net/local-copy';
import { pause } from './browser';

const SCORE = 'scoreScore09';
const EDIT: readonly Change[] = [
  { root: 'notes', key: 'noteNote01', value: ['leadLead', 60, 0, 240, 100] },
];

/** A browser in which only the tabs named hold their lock. */
function withTabs(...names: string[]): void {
  const held = names.map((name) => ({ name: `antiphon.tab.${name}` }));
  const manager = {
    query: () => Promise.resolve({ held }),
    request: (name: string, _options: unknown, hold: (lock: unknown) => Promise<void>) =>
      hold({ name }),
  };
  vi.stubGlobal('navigator', { locks: manager });
}

async function opened(): Promise<LocalCopy> {
  const copy = await LocalCopy.open(SCORE);
  if (copy === null) throw new Error('no database');
  return copy;
}

afterEach(() => { vi.unstubAllGlobals(); });

describe('edits that wait in this browser', () => {
  it('of a closed tab are another tab’s at once, so that its end loses nothing either', async () => {
    withTabs();
    const first = await opened();
    first.watch(() => [EDIT]);
    first.close();
    await pause(20);
    vi.resetModules();
    sessionStorage.clear();
    const later = await import('../../../static/src/net/local-copy');
    const second = await later.LocalCopy.open(SCORE);
    expect(await second?.waiting()).toEqual([EDIT]);
    // It ends here, before it could keep anything by itself.
    const third = await later.LocalCopy.open(SCORE);
    expect(await third?.waiting()).toEqual([EDIT]);
  });

  it('stay as they are while nobody has told what waits', async () => {
    withTabs();
    const before = await opened();
    before.watch(() => [EDIT]);
    before.close();
    await pause(20);
    const broken = await opened();
    broken.keepWaitingSoon();
    broken.close();
    await pause(20);
    expect(await (await opened()).waiting()).toContainEqual(EDIT);
  });
});
