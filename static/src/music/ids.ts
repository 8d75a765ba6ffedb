/** Random base62 names for the things in a score. */

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export const NOTE_ID = 10;
export const TRACK_ID = 8;
export const MARKER_ID = 8;

/** Bytes at or above this would make the first letters of the alphabet likelier. */
const FAIR = 256 - (256 % ALPHABET.length);

/** A random base62 string of `length` characters. */
export function newId(length: number): string {
  let id = '';
  while (id.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length * 2))) {
      if (byte < FAIR && id.length < length) id += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return id;
}
