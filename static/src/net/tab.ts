/** Which tab this is: the same after a reload, another one in a duplicated tab. */

import { newId } from '../music/ids';

const KEY = 'antiphon.tab';
const LENGTH = 12;

let known: Promise<string> | null = null;

/** The name of this tab, 12 base62 characters; held as a lock while the tab lives. */
export function tabName(): Promise<string> {
  known ??= claim();
  return known;
}

/** Names of tabs that live, where the browser can tell; null where it can't. */
export async function livingTabs(): Promise<ReadonlySet<string> | null> {
  const manager = locks();
  if (manager === null) return null;
  const { held = [] } = await manager.query();
  const names = held.flatMap(({ name }) => (name?.startsWith(KEY) === true ? name : []));
  return new Set(names.map((name) => name.slice(KEY.length + 1)));
}

/** A duplicated tab inherits the name of its original, which still holds the lock on it. */
async function claim(): Promise<string> {
  const inherited = stored();
  if (inherited !== null && (await hold(inherited))) return inherited;
  const fresh = newId(LENGTH);
  await hold(fresh);
  try {
    sessionStorage.setItem(KEY, fresh);
  } catch {
    // Without storage the name lasts as long as the page.
  }
  return fresh;
}

function stored(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Whether this page now holds the name; true where the browser has no locks. */
function hold(name: string): Promise<boolean> {
  const manager = locks();
  if (manager === null) return Promise.resolve(true);
  return new Promise((resolve) => {
    const whileOpen = (lock: Lock | null): Promise<void> => {
      resolve(lock !== null);
      return lock === null ? Promise.resolve() : new Promise<void>(() => undefined);
    };
    manager
      .request(`${KEY}.${name}`, { ifAvailable: true }, whileOpen)
      .catch(() => { resolve(true); });
  });
}

/** Locks exist in secure pages of current browsers only. */
function locks(): LockManager | null {
  return (navigator as { readonly locks?: LockManager | null }).locks ?? null;
}
