/** Awareness updates taken apart and put together, as the server does it. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

interface Entry {
  readonly client: number;
  readonly clock: number;
  readonly state: Record<string, unknown> | null;
}

export function read(update: Uint8Array): Entry[] {
  const decoder = decoding.createDecoder(update);
  return Array.from({ length: decoding.readVarUint(decoder) }, () => ({
    client: decoding.readVarUint(decoder),
    clock: decoding.readVarUint(decoder),
    state: JSON.parse(decoding.readVarString(decoder)) as Entry['state'],
  }));
}

export function written(entries: readonly Entry[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, entries.length);
  for (const { client, clock, state } of entries) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, JSON.stringify(state));
  }
  return encoding.toUint8Array(encoder);
}
