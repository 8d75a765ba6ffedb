/** The HTTP calls about scores, with the shapes of their answers. */
import { api } from '../net/api';
import type { PersonCard, Role } from '../net/presence-state';

/** A note of a thumbnail: start and duration as shares of the score, pitch, colour slot. */
export type ThumbnailNote = readonly [start: number, pitch: number, duration: number, slot: number];

export interface ScoreSummary {
  readonly id: string;
  readonly title: string;
  readonly role: Role;
  readonly created: string;
  readonly updated: string;
  readonly notes: number;
  readonly seconds: number;
  readonly owner: PersonCard | null;
  readonly thumbnail: readonly ThumbnailNote[];
}

export interface ScoreHead {
  readonly id: string;
  readonly title: string;
  readonly role: Role;
  readonly template: boolean;
  readonly owner: PersonCard | null;
  readonly deleted: boolean;
}

export interface NewScore {
  readonly id: string;
  readonly title: string;
  readonly warnings?: readonly string[];
}

export interface Link {
  readonly id: string;
  readonly role: Role;
  readonly url: string;
  readonly expires: string | null;
  readonly created: string;
}

export interface Member extends PersonCard {
  readonly role: Role;
}

export interface Render {
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly progress: number;
  readonly text?: string;
}

export interface Imported {
  readonly tracks: number;
  readonly notes: number;
  readonly warnings: readonly string[];
}

const score = (id: string, rest = ''): string => `/api/scores/${id}${rest}`;

function fileBody(file: File): FormData {
  const body = new FormData();
  body.append('file', file);
  return body;
}

export const scores = {
  list: () => api<readonly ScoreSummary[]>('GET', '/api/scores'),
  trash: () => api<readonly ScoreSummary[]>('GET', '/api/scores?trash=1'),
  head: (id: string) => api<ScoreHead>('GET', score(id)),
  create: () => api<NewScore>('POST', '/api/scores', {}),
  rename: (id: string, title: string) => api<ScoreHead>('PATCH', score(id), { title }),
  remove: (id: string) => api<unknown>('DELETE', score(id)),
  restore: (id: string) => api<unknown>('POST', score(id, '/restore'), {}),
  duplicate: (id: string) => api<NewScore>('POST', score(id, '/duplicate'), {}),
  importNew: (file: File) => api<NewScore>('POST', '/api/scores/import', fileBody(file)),
  importInto: (id: string, file: File) =>
    api<Imported>('POST', score(id, '/import'), fileBody(file)),
  links: (id: string) => api<readonly Link[]>('GET', score(id, '/links')),
  makeLink: (id: string, role: Role, hours: number | null) =>
    api<Link>('POST', score(id, '/links'), { role, expires_hours: hours }),
  revoke: (id: string, link: string) => api<unknown>('DELETE', score(id, `/links/${link}`)),
  members: (id: string) => api<readonly Member[]>('GET', score(id, '/members')),
  dismissMember: (id: string, key: string) =>
    api<unknown>('DELETE', score(id, `/members/${key}`)),
  startRender: (id: string) => api<{ readonly render: string }>('POST', score(id, '/renders'), {}),
  render: (id: string, render: string) => api<Render>('GET', score(id, `/renders/${render}`)),
  cancelRender: (id: string, render: string) =>
    api<unknown>('DELETE', score(id, `/renders/${render}`)),
  midiAddress: (id: string) => score(id, '/export.mid'),
  audioAddress: (id: string, render: string) => score(id, `/renders/${render}/audio.wav`),
};
