/** Which signals soil which canvas: what is not named here costs no frame. */
import { computed, effect, untracked, type ReadonlySignal } from '@preact/signals-core';

import { language } from '../i18n/catalogue';
import type { Geometry } from './geometry';
import type { Layers } from './layers';
import { NO_IDS } from './preview';
import type { Stage } from './stage';
import type { Surface } from './surface';

/** Wires the stage to its layers; returns what ends it. */
export function watchStage(layers: Layers, stage: Stage): readonly (() => void)[] {
  const stops: (() => void)[] = [];
  const on = (
    signals: readonly ReadonlySignal<unknown>[],
    surfaces: readonly Surface[],
    then: () => void = () => undefined,
  ): void => {
    stops.push(effect(() => {
      signals.map((each) => each.value);
      untracked(then);
      if (surfaces.length > 0) layers.soil(...surfaces);
    }));
  };
  const { editing, geometry } = stage;
  const { player, presence, suggestions } = stage.ports;
  const { notes, heard, overlay, ruler, keys, playhead, box, minimap } = layers;

  on([geometry], [notes], () => { layers.place(); });
  on([geometry], [], () => { if (layers.hasOverlay) layers.soil(overlay); });
  on([computed(() => sideways(geometry.value))], [ruler, box]);
  on([computed(() => upright(geometry.value))], [keys]);
  on([computed(() => frameOf(geometry.value))], [minimap, playhead]);
  on([stage.revision, editing.hiddenTracks, language], layers.all);
  on([editing.track, editing.soloTracks], [notes, overlay, keys]);
  on([editing.snap], [notes, overlay]);
  on([editing.region], [ruler]);
  on([
    stage.marquee, stage.guide, stage.pill, stage.preview, editing.selection,
    editing.ghostSelection, editing.cell, editing.focused,
  ], [overlay]);
  on([computed(() => stage.hover.value?.pitch ?? null)], [overlay, keys]);
  on([computed(() => stage.hover.value?.note ?? null)], [overlay]);
  on([stage.pressed], [keys]);
  stops.push(watchHidden(layers, stage));
  if (player) {
    on([player.loop], [ruler]);
    on([player.sounding], [keys]);
    on([player.parked, player.playing], [heard, ruler]);
    on([editing.left], [], () => { layers.scrolled(); });
    on([player.playing, editing.follow], [], () => { layers.strayed = false; });
  }
  if (presence) {
    on([presence.peers], [overlay, box], () => { layers.noteOthers(presence.peers.peek()); });
  }
  if (suggestions) on([suggestions.list, suggestions.current], [overlay, ruler]);
  return stops;
}

/** The notes are painted anew when a gesture takes hold of others, not while it moves them. */
function watchHidden(layers: Layers, stage: Stage): () => void {
  let hidden: ReadonlySet<string> = NO_IDS;
  return effect(() => {
    const next = stage.preview.value?.hidden ?? NO_IDS;
    if (!sameIds(next, hidden)) layers.soil(layers.notes);
    hidden = next;
  });
}

/** What the ruler depends on. */
function sideways({ input, grid }: Geometry): string {
  return [input.left, input.zoom, grid.x, input.width, input.measures.ruler].join();
}

/** What the keys depend on. */
function upright({ input, grid, drums }: Geometry): string {
  const rows = [input.top, input.rowHeight, input.drumTop, input.drumRows.join(' ')];
  return [...rows, grid.x, grid.height, drums.height, input.height].join();
}

/** What only changes with the size of the roll. */
function frameOf({ input, grid }: Geometry): string {
  return [input.width, input.height, grid.x, grid.y].join();
}

export function sameIds(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const id of a) if (!b.has(id)) return false;
  return true;
}
