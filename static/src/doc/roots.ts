/** The root maps of a Yjs document, by name. */

import type * as Y from 'yjs';
import { ROOT_NAMES, type RootName, type Value } from './gesture';

/** Keys that one transaction changed, by root. */
export type ChangedKeys = ReadonlyMap<RootName, ReadonlySet<string>>;

export class Roots {
  private readonly maps: ReadonlyMap<RootName, Y.Map<Value>>;
  private readonly names: ReadonlyMap<unknown, RootName>;

  constructor(readonly ydoc: Y.Doc) {
    const maps = ROOT_NAMES.map((name) => [name, ydoc.getMap<Value>(name)] as const);
    this.maps = new Map(maps);
    this.names = new Map(maps.map(([name, map]) => [map, name]));
  }

  map(root: RootName): Y.Map<Value> {
    const map = this.maps.get(root);
    if (map === undefined) throw new RangeError(`no root ${root}`);
    return map;
  }

  get(root: RootName, key: string): Value | null {
    return this.map(root).get(key) ?? null;
  }

  /** The client that wrote what `key` holds now; null when it holds nothing. */
  writer(root: RootName, key: string): number | null {
    const item = this.map(root)._map.get(key);
    return item === undefined || item.deleted ? null : item.id.client;
  }

  /** What a transaction changed in the roots; keys only, the values are read from the maps. */
  changedBy(transaction: Y.Transaction): ChangedKeys {
    const changed = new Map<RootName, ReadonlySet<string>>();
    for (const [type, keys] of transaction.changed) {
      const name = this.names.get(type);
      if (name !== undefined) changed.set(name, keys as ReadonlySet<string>);
    }
    return changed;
  }
}
