/** Which keys of which tracks sound, as the audio thread reports it. */

export type SoundingKeys = ReadonlyMap<string, ReadonlySet<number>>;

/** `known` after the audio thread's triples of channel, pitch and velocity (0 = released). */
export function soundingAfter(
  known: SoundingKeys,
  changes: Int32Array,
  trackOf: (channel: number) => string | undefined,
): SoundingKeys {
  const keys = new Map([...known].map(([track, held]) => [track, new Set(held)]));
  for (let i = 0; i < changes.length; i += 3) {
    const track = trackOf(changes[i] ?? 0);
    if (track === undefined) continue;
    const held = keys.get(track) ?? new Set<number>();
    keys.set(track, held);
    if ((changes[i + 2] ?? 0) > 0) held.add(changes[i + 1] ?? 0);
    else held.delete(changes[i + 1] ?? 0);
  }
  return keys;
}

/** `known` without the tracks that `exists` does not know any more. */
export function soundingOf(
  known: SoundingKeys,
  exists: (track: string) => boolean,
): SoundingKeys {
  return new Map([...known].filter(([track]) => exists(track)));
}
