/** What this tab says about itself, at most fifteen times a second, and who else is here. */

import { signal, type ReadonlySignal } from '@preact/signals-core';

import { SHOWN_IDS } from '../doc/shown-ids';
import { isPerson } from './messages';
import { NOBODY_YET, type Peer, type PresenceState } from './presence-state';
import type { Provider } from './provider';

const EVERY_MS = 1000 / 15;
const IDLE_MS = 5 * 60_000;

export class Presence {
  private readonly shown = signal<readonly Peer[]>([]);
  private state: PresenceState = NOBODY_YET;
  private last = -Infinity;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private idleTimer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly provider: Provider) {
    provider.awareness.on('change', this.read);
    this.send();
    this.stayAwake();
  }

  /** The other tabs in the room, by client id; one's own other tabs are among them. */
  get peers(): ReadonlySignal<readonly Peer[]> {
    return this.shown;
  }

  /** What this tab says about itself. */
  get own(): PresenceState {
    return this.state;
  }

  /** Says something new; what comes too fast is said together, a moment later. */
  set(partial: Partial<PresenceState>): void {
    this.state = { ...this.state, idle: false, ...shortened(partial) };
    this.stayAwake();
    this.say();
  }

  close(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.idleTimer !== null) clearTimeout(this.idleTimer);
    this.provider.awareness.off('change', this.read);
  }

  private say(): void {
    const wait = this.last + EVERY_MS - performance.now();
    if (wait <= 0) this.send();
    else this.timer ??= setTimeout(() => { this.send(); }, wait);
  }

  private send(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.last = performance.now();
    this.provider.awareness.setLocalState({ ...this.state });
  }

  private stayAwake(): void {
    if (this.idleTimer !== null) clearTimeout(this.idleTimer);
    this.idleTimer = setTimeout(() => {
      this.state = { ...this.state, idle: true };
      this.say();
    }, IDLE_MS);
  }

  private readonly read = (): void => {
    const { awareness } = this.provider;
    const peers: Peer[] = [];
    for (const [clientId, state] of awareness.getStates()) {
      if (clientId === awareness.clientID) continue;
      const user: unknown = state['user'];
      // A state without its person has not passed the server yet.
      if (!isPerson(user)) continue;
      peers.push({ ...NOBODY_YET, ...(state as Partial<PresenceState>), user, clientId });
    }
    this.shown.value = peers.sort((a, b) => a.clientId - b.clientId);
  };
}

/** More than 64 notes are shown by their box. */
function shortened(partial: Partial<PresenceState>): Partial<PresenceState> {
  const { select, drag } = partial;
  return {
    ...partial,
    ...(isLong(select) ? { select: { ...select, ids: [] } } : {}),
    ...(isLong(drag) ? { drag: { ...drag, ids: [] } } : {}),
  };
}

function isLong<T extends { readonly ids: readonly string[] }>(
  box: T | null | undefined,
): box is T {
  return (box?.ids.length ?? 0) > SHOWN_IDS;
}
