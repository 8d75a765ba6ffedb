/** Tempo, meter, keys and markers in order, with the maps made from them. */

import { MeterMap } from '../music/meter-map';
import type { KeyEvent, Marker, MeterEvent, TempoEvent } from '../music/notes';
import { TempoMap } from '../music/tempo-map';
import type { RootName, Value } from './gesture';
import type { ChangedKeys, Roots } from './roots';
import { readKey, readMarker, readMeter, readTempo } from './values';

const ROOTS = ['tempo', 'meter', 'keys', 'markers'] as const satisfies readonly RootName[];

export class Timeline {
  tempoEvents: readonly TempoEvent[] = [];
  meterEvents: readonly MeterEvent[] = [];
  keyEvents: readonly KeyEvent[] = [];
  markers: readonly Marker[] = [];
  tempo = new TempoMap([]);
  meter = new MeterMap([]);

  /** Reads again what changed; they are few, so each root is read whole. */
  read(roots: Roots, changed: ChangedKeys): boolean {
    const touched = ROOTS.filter((root) => changed.has(root));
    for (const root of touched) {
      if (root === 'tempo') {
        this.tempoEvents = inOrder(roots, root, readTempo);
        this.tempo = new TempoMap(this.tempoEvents);
      } else if (root === 'meter') {
        this.meterEvents = inOrder(roots, root, readMeter);
        this.meter = new MeterMap(this.meterEvents);
      } else if (root === 'keys') this.keyEvents = inOrder(roots, root, readKey);
      else this.markers = inOrder(roots, root, readMarker);
    }
    return touched.length > 0;
  }
}

function inOrder<T extends { readonly tick: number }>(
  roots: Roots,
  root: RootName,
  read: (key: string, value: Value) => T | null,
): T[] {
  const events: T[] = [];
  roots.map(root).forEach((value, key) => {
    const event = read(key, value);
    if (event !== null) events.push(event);
  });
  return events.sort((a, b) => a.tick - b.tick);
}
