/** The parts of a score that panels show, as signals: they change when a score change says so. */
import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';

import type { ScoreView } from '../doc/score-view';
import type { Track } from '../music/notes';
import { shownTrack } from '../roll/shown-track';

export class ScoreSignals {
  /** With the names that people read. */
  readonly tracks: ReadonlySignal<readonly Track[]>;
  readonly noteCount: Signal<number>;
  /** Counts changes of tempo, meter, keys and markers. */
  readonly timeline: Signal<number> = signal(0);
  /** Counts every change. */
  readonly version: Signal<number> = signal(0);

  constructor(readonly view: ScoreView) {
    const tracks = signal(view.tracks);
    this.tracks = computed(() => tracks.value.map(shownTrack));
    this.noteCount = signal(view.noteCount);
    view.onChange((change) => {
      batch(() => {
        if (change.tracks || change.origin === 'load') tracks.value = [...view.tracks];
        if (change.timeline || change.origin === 'load') this.timeline.value += 1;
        this.noteCount.value = view.noteCount;
        this.version.value += 1;
      });
    });
  }
}
