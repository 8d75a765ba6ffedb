import { t } from '../../i18n/catalogue';
import { snapTick } from '../../music/snap';
import type { TimeSpan } from '../editing';
import type { Stage } from '../stage';
import { isFree } from './dragging';
import { hasMoved, type Pointer } from './pointer';
import { State } from './state';

/** The grid of whole spans: bars from afar, beats from near. */
const BARS_BELOW = 60;

/** The nearest place at which a region or a loop may begin or end. */
export function spanEdge(stage: Stage, pointer: Pointer): number {
  if (isFree(pointer)) return Math.round(pointer.tick);
  const near = stage.geometry.peek().input.zoom >= BARS_BELOW;
  return snapTick(pointer.tick, near ? '1/4' : 'bar', stage.view.meter);
}

/** The span between two places, either way round; null while they are the same. */
export function spanBetween(a: number, b: number): TimeSpan | null {
  return a === b ? null : { start: Math.min(a, b), end: Math.max(a, b) };
}

/** Time is marked in the upper row of the ruler; a click there takes the mark away. */
export class Spanning extends State {
  readonly cursor = 'text';
  private readonly before: TimeSpan | null;
  private moved = false;

  constructor(
    stage: Stage,
    private readonly from: Pointer,
  ) {
    super(stage);
    this.before = stage.editing.region.peek();
  }

  override get scrolls(): 'time' {
    return 'time';
  }

  move(pointer: Pointer): State {
    if (!this.moved && !hasMoved(this.from, pointer)) return this;
    this.moved = true;
    const { stage } = this;
    const span = spanBetween(spanEdge(stage, this.from), spanEdge(stage, pointer));
    stage.editing.region.value = span;
    if (span) stage.editing.status.value = regionWords(stage, span);
    return this;
  }

  override cancel(): void {
    super.cancel();
    this.stage.editing.region.value = this.before;
  }

  up(): null {
    if (!this.moved) this.stage.editing.region.value = null;
    return null;
  }
}

/** "Bars 5–8 marked". */
export function regionWords(stage: Stage, span: TimeSpan): string {
  const { meter } = stage.view;
  const first = meter.barAt(span.start) + 1;
  const last = meter.barAt(Math.max(span.start, span.end - 1)) + 1;
  return first === last
    ? t('roll.markedBar', { bar: first })
    : t('roll.markedBars', { first, last });
}
