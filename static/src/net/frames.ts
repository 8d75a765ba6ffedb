/** The frames of the score socket: y-websocket's own, and our private ones. */

import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const QUERY_AWARENESS = 3;
const PRIVATE = 100;
const PART = 101;

export type Bytes = Uint8Array<ArrayBuffer>;

/** A private message; `t` names it. */
export type PrivateMessage = Readonly<Record<string, unknown>> & { readonly t: string };

export type Frame =
  | { readonly type: 'stateVector'; readonly payload: Uint8Array }
  | { readonly type: 'missing'; readonly payload: Uint8Array }
  | { readonly type: 'update'; readonly payload: Uint8Array }
  | { readonly type: 'awareness'; readonly payload: Uint8Array }
  | { readonly type: 'denied'; readonly reason: string }
  | { readonly type: 'queryAwareness' }
  | { readonly type: 'private'; readonly message: PrivateMessage }
  | { readonly type: 'part'; readonly part: PartFrame };

/** Piece `index` of `count` of the long frame `id`. */
export interface PartFrame {
  readonly id: number;
  readonly index: number;
  readonly count: number;
  readonly payload: Uint8Array;
}

/** Bytes that are no frame. */
export class FrameError extends Error {}

const SYNC_STEPS = ['stateVector', 'missing', 'update'] as const;

/** What a binary message says. */
export function readFrame(data: Uint8Array): Frame {
  try {
    return read(decoding.createDecoder(data));
  } catch (error) {
    if (error instanceof FrameError) throw error;
    throw new FrameError('a message ends too early', { cause: error });
  }
}

export function stateVectorFrame(vector: Uint8Array): Bytes {
  return syncFrame(0, vector);
}

export function missingFrame(update: Uint8Array): Bytes {
  return syncFrame(1, update);
}

export function updateFrame(update: Uint8Array): Bytes {
  return syncFrame(2, update);
}

export function awarenessFrame(update: Uint8Array): Bytes {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, AWARENESS);
  encoding.writeVarUint8Array(encoder, update);
  return encoding.toUint8Array(encoder);
}

export function privateFrame(message: PrivateMessage): Bytes {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, PRIVATE);
  encoding.writeVarString(encoder, JSON.stringify(message));
  return encoding.toUint8Array(encoder);
}

export function partFrame({ id, index, count, payload }: PartFrame): Bytes {
  const encoder = encoding.createEncoder();
  for (const number of [PART, id, index, count]) encoding.writeVarUint(encoder, number);
  encoding.writeUint8Array(encoder, payload);
  return encoding.toUint8Array(encoder);
}

function syncFrame(step: number, payload: Uint8Array): Bytes {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, SYNC);
  encoding.writeVarUint(encoder, step);
  encoding.writeVarUint8Array(encoder, payload);
  return encoding.toUint8Array(encoder);
}

function read(decoder: decoding.Decoder): Frame {
  const type = decoding.readVarUint(decoder);
  switch (type) {
    case SYNC: {
      const step = SYNC_STEPS[decoding.readVarUint(decoder)];
      if (step === undefined) throw new FrameError('there is no such sync message');
      return { type: step, payload: decoding.readVarUint8Array(decoder) };
    }
    case AWARENESS:
      return { type: 'awareness', payload: decoding.readVarUint8Array(decoder) };
    case AUTH:
      decoding.readVarUint(decoder);
      return { type: 'denied', reason: decoding.readVarString(decoder) };
    case QUERY_AWARENESS:
      return { type: 'queryAwareness' };
    case PRIVATE:
      return { type: 'private', message: readMessage(decoding.readVarString(decoder)) };
    case PART: {
      const id = decoding.readVarUint(decoder);
      const index = decoding.readVarUint(decoder);
      const count = decoding.readVarUint(decoder);
      const payload = decoding.readTailAsUint8Array(decoder);
      return { type: 'part', part: { id, index, count, payload } };
    }
    default:
      throw new FrameError(`there is no frame type ${type}`);
  }
}

function readMessage(text: string): PrivateMessage {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch (error) {
    throw new FrameError('a private frame is not JSON', { cause: error });
  }
  if (!isNamed(message)) throw new FrameError('a private frame has no name');
  return message;
}

function isNamed(message: unknown): message is PrivateMessage {
  return (
    typeof message === 'object' &&
    message !== null &&
    't' in message &&
    typeof message.t === 'string'
  );
}
