/** The metronome: wood blocks of the standard kit, the high one on each bar's first beat. */

import type { ScoreView } from '../doc/score-view';
import { beatTicks } from '../music/meter-map';
import { type EventList } from './events';
import { eventsOf, type TimedNote } from './track-events';

const HIGH_BLOCK = 76;
const LOW_BLOCK = 77;
const CLICK_SECONDS = 0.05;
/** People play on past the last note; the click goes with them. */
const BARS_BEYOND = 128;

export function clicksOf(view: ScoreView, rate: number): EventList {
  return eventsOf(clicks(view), [], rate);
}

function* clicks(view: ScoreView): Generator<TimedNote> {
  const last = view.meter.barAt(view.end) + BARS_BEYOND;
  for (let bar = 0; bar < last; bar += 1) {
    const start = view.meter.barStart(bar);
    const end = view.meter.barStart(bar + 1);
    const beat = beatTicks(view.meter.meterAt(start));
    for (let tick = start; tick < end; tick += beat) {
      const first = tick === start;
      const seconds = view.tempo.seconds(tick);
      yield [first ? HIGH_BLOCK : LOW_BLOCK, seconds, CLICK_SECONDS, first ? 115 : 85];
    }
  }
}
