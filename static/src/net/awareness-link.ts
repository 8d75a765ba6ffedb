/** Presence on the wire: our own state out, everybody's in, and the names behind client ids. */

import * as protocol from 'y-protocols/awareness';
import * as Y from 'yjs';
import { awarenessFrame, type Bytes } from './frames';
import { isPerson } from './messages';

/** Client ids that an awareness update brings, changes and takes away. */
type Touched = Readonly<Record<'added' | 'updated' | 'removed', readonly number[]>>;

export class AwarenessLink {
  readonly awareness: protocol.Awareness;
  private readonly names = new Map<number, string>();
  private open = false;

  constructor(
    ydoc: Y.Doc,
    private readonly send: (frame: Bytes) => void,
  ) {
    // On a document of its own: it would end with the score's, which a new epoch replaces.
    this.awareness = new protocol.Awareness(new Y.Doc());
    this.awareness.setLocalState(null);
    this.awareness.clientID = ydoc.clientID;
    this.awareness.on('update', this.changed);
  }

  /** The person behind a client id, also one who has left. */
  nameOf(client: number): string | null {
    return this.names.get(client) ?? null;
  }

  learn(client: number, name: string): void {
    this.names.set(client, name);
  }

  /** We are in the room: our state is said anew, above the clock that it may remember of us. */
  enter(): void {
    this.open = true;
    this.awareness.setLocalState(this.awareness.getLocalState());
  }

  /** The connection is gone, and everybody else with it. */
  lose(): void {
    this.open = false;
    const { clientID } = this.awareness;
    const others = [...this.awareness.getStates().keys()].filter((id) => id !== clientID);
    protocol.removeAwarenessStates(this.awareness, others, this);
  }

  take(update: Uint8Array): void {
    protocol.applyAwarenessUpdate(this.awareness, update, this);
  }

  /** Tells our own state. */
  say(): void {
    const { clientID } = this.awareness;
    if (!this.open || !this.awareness.meta.has(clientID)) return;
    this.send(awarenessFrame(protocol.encodeAwarenessUpdate(this.awareness, [clientID])));
  }

  /** From now on we are who writes in `ydoc`; the name we had leaves the room. */
  moveTo(ydoc: Y.Doc): void {
    const state = this.awareness.getLocalState();
    const name = this.names.get(this.awareness.clientID);
    this.awareness.setLocalState(null);
    this.awareness.clientID = ydoc.clientID;
    if (name !== undefined) this.names.set(ydoc.clientID, name);
    this.awareness.setLocalState(state);
  }

  /** Leaves the room. */
  destroy(): void {
    protocol.removeAwarenessStates(this.awareness, [this.awareness.clientID], 'local');
    this.awareness.destroy();
  }

  private readonly changed = ({ added, updated, removed }: Touched, origin: unknown): void => {
    const states = this.awareness.getStates();
    for (const client of [...added, ...updated]) {
      const user: unknown = states.get(client)?.['user'];
      if (isPerson(user)) this.names.set(client, user.name);
    }
    const touched = [...added, ...updated, ...removed];
    if (origin !== this && touched.includes(this.awareness.clientID)) this.say();
  };
}
