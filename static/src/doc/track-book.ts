/** The tracks of a score in order, rebuilt one by one as their fields change. */

import type { Track } from '../music/notes';
import type { Roots } from './roots';
import { readTrack, TRACK_DEFAULTS } from './values';
import { RECOVERED_TRACK } from './score-view';

/** Where notes are shown whose own track is gone; the page names it in its own language. */
export const RECOVERED: Track = {
  ...TRACK_DEFAULTS,
  id: RECOVERED_TRACK,
  order: '~',
  name: 'Recovered',
  color: 11,
};

export interface TrackChange {
  readonly come: readonly string[];
  readonly gone: readonly string[];
}

export class TrackBook {
  private readonly byId = new Map<string, Track>();
  private ordered: readonly Track[] = [];

  get tracks(): readonly Track[] {
    return this.ordered;
  }

  track(id: string): Track | undefined {
    return this.byId.get(id);
  }

  /** Reads again the tracks that `keys` of the root `tracks` belong to. */
  read(roots: Roots, keys: Iterable<string>): TrackChange {
    const touched = new Set<string>();
    for (const key of keys) touched.add(key.slice(0, key.indexOf(':')));
    const come: string[] = [];
    const gone: string[] = [];
    for (const id of touched) {
      const before = this.byId.has(id);
      const track = readTrack(id, (field) => roots.get('tracks', `${id}:${field}`));
      if (track !== null) this.byId.set(id, track);
      else this.byId.delete(id);
      if (track !== null && !before) come.push(id);
      if (track === null && before) gone.push(id);
    }
    return { come, gone };
  }

  /** Puts the tracks in order, "Recovered" last where it is needed. */
  arrange(recovered: boolean): void {
    const ordered = [...this.byId.values()].sort(
      (a, b) => compareText(a.order, b.order) || compareText(a.id, b.id),
    );
    this.ordered = recovered ? [...ordered, RECOVERED] : ordered;
  }
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
