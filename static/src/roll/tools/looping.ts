import type { RollPlayer } from '../ports';
import type { Stage } from '../stage';
import { isFree } from './dragging';
import { hasMoved, type Pointer } from './pointer';
import { spanBetween, spanEdge } from './spanning';
import { State } from './state';

/** Pixels at each end of the strip that take hold of that end. */
const HANDLE = 7;

type Loop = ReturnType<RollPlayer['loop']['peek']>;
type Grip = 'start' | 'end' | 'whole' | 'new';

/** The loop strip: its ends are dragged, the strip moves, elsewhere a new loop begins. */
export class Looping extends State {
  readonly cursor: string;
  private readonly before: Loop;
  private readonly grip: Grip;
  private moved = false;

  constructor(
    stage: Stage,
    private readonly player: RollPlayer,
    private readonly from: Pointer,
  ) {
    super(stage);
    this.before = player.loop.peek();
    this.grip = gripAt(stage, this.before, from);
    this.cursor = cursorOf(this.grip);
  }

  override get scrolls(): 'time' {
    return 'time';
  }

  move(pointer: Pointer): State {
    if (!this.moved && !hasMoved(this.from, pointer)) return this;
    this.moved = true;
    const { stage, before, grip, player } = this;
    if (grip === 'whole') {
      const dt = this.travel(pointer);
      player.loop.value = { ...before, start: before.start + dt, end: before.end + dt };
      return this;
    }
    const at = spanEdge(stage, pointer);
    const anchor = { start: before.end, end: before.start, new: spanEdge(stage, this.from) }[grip];
    const span = spanBetween(anchor, at);
    if (span) player.loop.value = { ...span, on: grip === 'new' ? true : before.on };
    return this;
  }

  private travel(pointer: Pointer): number {
    const wish = this.before.start + pointer.tick - this.from.tick;
    const target = isFree(pointer)
      ? Math.round(wish)
      : spanEdge(this.stage, { ...pointer, tick: Math.max(0, wish) });
    return Math.max(0, target) - this.before.start;
  }

  override cancel(): void {
    super.cancel();
    this.player.loop.value = this.before;
  }

  up(): null {
    const { before, grip, player } = this;
    if (!this.moved && grip !== 'new') player.loop.value = { ...before, on: !before.on };
    return null;
  }
}

export function gripAt(stage: Stage, loop: Loop, at: { readonly x: number }): Grip {
  if (loop.end <= loop.start) return 'new';
  const geometry = stage.geometry.peek();
  const x0 = geometry.x(loop.start);
  const x1 = geometry.x(loop.end);
  if (Math.abs(at.x - x0) <= HANDLE) return 'start';
  if (Math.abs(at.x - x1) <= HANDLE) return 'end';
  return at.x > x0 && at.x < x1 ? 'whole' : 'new';
}

export function cursorOf(grip: Grip): string {
  if (grip === 'whole') return 'grab';
  return grip === 'new' ? 'crosshair' : 'ew-resize';
}
