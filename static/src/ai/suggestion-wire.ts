/** The messages of the suggestion socket, checked on the way in. */

import type { Note } from '../music/notes';
import type { PersonCard } from '../net/presence-state';
import type {
  CandidateState,
  Controls,
  Region,
  SuggestedNote,
  SuggestionError,
  SuggestionKind,
  SuggestionState,
  SuggestionStatus,
  Vote,
} from './suggestion-state';

type Json = Readonly<Record<string, unknown>>;
type Verdicts = readonly ('accepted' | 'dismissed' | null)[];
type Kept = readonly (readonly string[] | null)[];
export type Ref = string | number;

export type SuggestionMessage =
  | { readonly t: 'open'; readonly suggestions: readonly SuggestionState[] }
  | { readonly t: 'opened'; readonly suggestion: SuggestionState; readonly ref: Ref | null }
  | {
      readonly t: 'progress';
      readonly id: string;
      readonly status: SuggestionStatus | null;
      readonly queue: number | null;
      readonly candidate: number | null;
      readonly tick: number | null;
    }
  | {
      readonly t: 'note';
      readonly id: string;
      readonly candidate: number;
      readonly note: SuggestedNote;
    }
  | {
      readonly t: 'done';
      readonly id: string;
      readonly candidate: number;
      readonly stats: Readonly<Record<string, number>>;
      readonly status: SuggestionStatus | null;
    }
  | { readonly t: 'failed'; readonly id: string; readonly error: SuggestionError }
  | { readonly t: 'cancelled'; readonly id: string }
  | {
      readonly t: 'voted';
      readonly id: string;
      readonly candidate: number;
      readonly votes: readonly Vote[];
    }
  | {
      readonly t: 'decided';
      readonly id: string;
      readonly status: SuggestionStatus | null;
      readonly verdicts: Verdicts;
      readonly kept: Kept;
    }
  | {
      readonly t: 'error';
      readonly ref: Ref | null;
      readonly stream: number | null;
      readonly error: SuggestionError;
    }
  | { readonly t: 'stream'; readonly ref: Ref | null; readonly stream: number }
  | { readonly t: 'streamEnd'; readonly stream: number };

const STATUSES: readonly unknown[] = [
  'waiting',
  'arriving',
  'ready',
  'failed',
  'cancelled',
  'decided',
];

/** What a text message says; null for what this page does not know. */
export function readSuggestionMessage(text: string): SuggestionMessage | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  return isObject(parsed) ? read(parsed) : null;
}

function read(message: Json): SuggestionMessage | null {
  const { t, stream } = message;
  const id = text(message['id']);
  const candidate = number(message['candidate']);
  switch (t) {
    case 'open':
      return { t, suggestions: list(message['suggestions']).flatMap(suggestions) };
    case 'opened': {
      const opened = suggestion(message);
      return opened === null ? null : { t, suggestion: opened, ref: ref(message['ref']) };
    }
    case 'progress': {
      const queue = number(message['queue']);
      const tick = number(message['tick']);
      return { t, id, ...standing(message['state'], queue), candidate, tick };
    }
    case 'note': {
      const note = suggestedNoteOf([...list(message['note']), message['logp']]);
      return note === null || candidate === null ? null : { t, id, candidate, note };
    }
    case 'done':
      if (candidate === null) return null;
      return { t, id, candidate, stats: numbers(message['stats']), status: status(message['state']) };
    case 'failed':
      return { t, id, error: error(message) };
    case 'cancelled':
      return { t, id };
    case 'voted':
      return candidate === null ? null : { t, id, candidate, votes: votes(message['votes']) };
    case 'decided':
      return {
        t,
        id,
        status: status(message['state']),
        verdicts: list(message['verdicts']).map(verdict),
        kept: list(message['kept']).map(kept),
      };
    case 'error':
      return { t, ref: ref(message['ref']), stream: number(stream), error: error(message) };
    case 'stream':
      return typeof stream === 'number' ? { t, ref: ref(message['ref']), stream } : null;
    case 'streamEnd':
      return typeof stream === 'number' ? { t, stream } : null;
    default:
      return null;
  }
}

function suggestions(value: unknown): SuggestionState[] {
  const read = suggestion(value);
  return read === null ? [] : [read];
}

function suggestion(value: unknown): SuggestionState | null {
  if (!isObject(value)) return null;
  const region = regionOf(value['region']);
  const id = text(value['id']);
  if (id === '' || region === null) return null;
  const stands = standing(value['state'], number(value['queue']));
  return {
    id,
    by: person(value['by']),
    kind: text(value['kind']) as SuggestionKind,
    region,
    engine: text(value['engine']),
    seed: number(value['seed']) ?? 0,
    controls: controlsOf(value['controls']),
    status: stands.status ?? 'waiting',
    queue: stands.queue ?? 0,
    ...(isObject(value['error']) ? { error: error(value['error']) } : {}),
    replaces: strings(value['replaces']),
    replaced: list(value['replaced']).flatMap((row) => noteOf(list(row)) ?? []),
    candidates: list(value['candidates']).flatMap((one) => candidateOf(one, region) ?? []),
    hidden: false,
  };
}

function candidateOf(value: unknown, region: Region): CandidateState | null {
  if (!isObject(value)) return null;
  const index = number(value['index']);
  if (index === null) return null;
  return {
    index,
    letter: String.fromCharCode('A'.charCodeAt(0) + index),
    notes: list(value['notes']).flatMap((row) => suggestedNoteOf(list(row)) ?? []),
    front: number(value['tick']) ?? region.start,
    done: value['done'] === true,
    stats: numbers(value['stats']),
    votes: votes(value['votes']),
    verdict: verdict(value['verdict']),
    kept: kept(value['kept']),
  };
}

/** "waking" is waiting for nobody but the model. */
function standing(
  state: unknown,
  queue: number | null,
): { status: SuggestionStatus | null; queue: number | null } {
  return state === 'waking' ? { status: 'waiting', queue: 0 } : { status: status(state), queue };
}

function suggestedNoteOf(row: readonly unknown[]): SuggestedNote | null {
  const note = noteOf(row);
  return note === null ? null : { ...note, logp: number(row[6]) ?? 0 };
}

function noteOf(row: readonly unknown[]): Note | null {
  const [id, track, pitch, start, duration, velocity] = row;
  if (typeof id !== 'string' || typeof track !== 'string') return null;
  if (typeof pitch !== 'number' || typeof start !== 'number') return null;
  if (typeof duration !== 'number' || typeof velocity !== 'number') return null;
  return { id, track, pitch, start, duration, velocity };
}

function regionOf(value: unknown): Region | null {
  if (!isObject(value)) return null;
  const start = number(value['start']);
  const end = number(value['end']);
  return start === null || end === null ? null : { tracks: strings(value['tracks']), start, end };
}

function controlsOf(value: unknown): Controls {
  const controls: Record<string, number | string | boolean> = {};
  for (const [name, wish] of Object.entries(isObject(value) ? value : {})) {
    if (typeof wish === 'number' || typeof wish === 'string' || typeof wish === 'boolean') {
      controls[name] = wish;
    }
  }
  return controls;
}

function person(value: unknown): PersonCard {
  const card = isObject(value) ? value : {};
  return { key: text(card['key']), name: text(card['name']), color: number(card['color']) ?? 1 };
}

function error(value: Json): SuggestionError {
  return { code: text(value['code']), text: text(value['text']) };
}

function votes(value: unknown): Vote[] {
  return list(value).flatMap((one) => {
    if (!isObject(one)) return [];
    return { key: text(one['key']), value: number(one['value']) ?? 0 };
  });
}

function verdict(value: unknown): 'accepted' | 'dismissed' | null {
  return value === 'accepted' || value === 'dismissed' ? value : null;
}

function kept(value: unknown): readonly string[] | null {
  return Array.isArray(value) ? strings(value) : null;
}

function status(value: unknown): SuggestionStatus | null {
  return STATUSES.includes(value) ? (value as SuggestionStatus) : null;
}

function numbers(value: unknown): Record<string, number> {
  const found: Record<string, number> = {};
  for (const [name, figure] of Object.entries(isObject(value) ? value : {})) {
    if (typeof figure === 'number') found[name] = figure;
  }
  return found;
}

function strings(value: unknown): string[] {
  return list(value).filter((one) => typeof one === 'string');
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function ref(value: unknown): Ref | null {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function number(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
