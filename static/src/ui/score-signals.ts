/** The parts of a score that panels show, as signals: they change when a score change says so. */
import { batch, signal, type Signal } from '@preact/signals-core';

import type { ScoreView } from '../doc/score-view';
import type { Track } from '../music/notes';

export class ScoreSignals {
  readonly tracks: Signal<readonly Track[]>;
  readonly noteCount: Signal<number>;
  /** Counts changes of tempo, meter, keys and markers. */
  readonly timeline: Signal<number> = signal(0);
  /** Counts every change. */
  readonly version: Signal<number> = signal(0);

  constructor(readonly view: ScoreView) {
    this.tracks = signal(view.tracks);
    this.noteCount = signal(view.noteCount);
    view.onChange((change) => {
      batch(() => {
        if (change.tracks || change.origin === 'load') this.tracks.value = [...view.tracks];
        if (change.timeline || change.origin === 'load') this.timeline.value += 1;
        this.noteCount.value = view.noteCount;
        this.version.value += 1;
      });
    });
  }
}
