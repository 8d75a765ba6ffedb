/** Controller curves by track and controller. */

import type { LanePoint } from '../music/notes';
import type { Roots } from './roots';
import { readLanePoint } from './values';

const NO_POINTS: readonly LanePoint[] = [];

export class LaneBook {
  private readonly lanes = new Map<string, Map<string, LanePoint[]>>();

  points(track: string, controller: string): readonly LanePoint[] {
    return this.lanes.get(track)?.get(controller) ?? NO_POINTS;
  }

  controllers(track: string): readonly string[] {
    return [...(this.lanes.get(track)?.keys() ?? [])].sort();
  }

  /** Reads again the points behind `keys` of the root `lanes`, each lane sorted at most once. */
  read(roots: Roots, keys: Iterable<string>): void {
    const byLane = new Map<string, Set<string>>();
    for (const key of keys) {
      const lane = key.slice(0, key.lastIndexOf(':'));
      const known = byLane.get(lane);
      if (known === undefined) byLane.set(lane, new Set([key]));
      else known.add(key);
    }
    for (const [lane, changed] of byLane) this.readLane(roots, lane, changed);
  }

  private readLane(roots: Roots, lane: string, keys: ReadonlySet<string>): void {
    const [track = '', controller = ''] = lane.split(':');
    const points = this.points(track, controller).filter(
      (point) => !keys.has(`${lane}:${point.tick}`),
    );
    for (const key of keys) {
      const value = roots.get('lanes', key);
      const entry = value === null ? null : readLanePoint(key, value);
      if (entry !== null) points.push(entry.point);
    }
    points.sort((a, b) => a.tick - b.tick);
    const ofTrack = this.lanes.get(track) ?? new Map<string, LanePoint[]>();
    if (points.length > 0) ofTrack.set(controller, points);
    else ofTrack.delete(controller);
    if (ofTrack.size > 0) this.lanes.set(track, ofTrack);
    else this.lanes.delete(track);
  }
}
