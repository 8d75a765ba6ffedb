/** The private messages of the score socket that a page understands, protocol §3. */

import type { PrivateMessage } from './frames';
import type { PersonCard, Role } from './presence-state';

export const PROTOCOL_VERSION = 1;

/** What the server says in words. */
export interface Notice {
  readonly code: string | number;
  readonly text: string;
}

/** Something that happened in the room: chat, comment, version, suggestion, title. */
export type RoomEvent = PrivateMessage & { readonly kind: string };

export type ServerMessage =
  | {
      readonly t: 'welcome';
      readonly epoch: number;
      readonly seq: number;
      readonly role: Role;
      readonly person: PersonCard;
    }
  | { readonly t: 'ack'; readonly n: number; readonly seq: number }
  | ({ readonly t: 'nack' | 'notice' } & Notice)
  | { readonly t: 'beat'; readonly seq: number }
  | { readonly t: 'role'; readonly role: Role }
  | { readonly t: 'epoch'; readonly epoch: number }
  | { readonly t: 'event'; readonly event: RoomEvent };

const ROLES: readonly unknown[] = ['owner', 'editor', 'commenter', 'viewer'];

/** The message, checked; null for one that this page does not know. */
export function readMessage(message: PrivateMessage): ServerMessage | null {
  const { t, epoch, seq, role, person, n } = message;
  switch (t) {
    case 'welcome':
      return isNumber(epoch) && isNumber(seq) && isRole(role) && isPerson(person)
        ? { t, epoch, seq, role, person }
        : null;
    case 'ack':
      return isNumber(n) && isNumber(seq) ? { t, n, seq } : null;
    case 'nack':
    case 'notice':
      return { t, ...readNotice(message) };
    case 'beat':
      return isNumber(seq) ? { t, seq } : null;
    case 'role':
      return isRole(role) ? { t, role } : null;
    case 'epoch':
      return isNumber(epoch) ? { t, epoch } : null;
    case 'event':
      return isEvent(message) ? { t, event: message } : null;
    default:
      return null;
  }
}

/** Whether a role may write into the score. */
export function mayWrite(role: Role | null): boolean {
  return role === 'owner' || role === 'editor';
}

export function isPerson(value: unknown): value is PersonCard {
  if (typeof value !== 'object' || value === null) return false;
  const { key, name, color } = value as Record<string, unknown>;
  return typeof key === 'string' && typeof name === 'string' && typeof color === 'number';
}

function readNotice({ code, text }: PrivateMessage): Notice {
  return {
    code: typeof code === 'string' || typeof code === 'number' ? code : '',
    text: typeof text === 'string' ? text : '',
  };
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isRole(value: unknown): value is Role {
  return ROLES.includes(value);
}

function isEvent(message: PrivateMessage): message is RoomEvent {
  return typeof message['kind'] === 'string';
}
