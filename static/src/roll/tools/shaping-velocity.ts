import { setVelocity } from '../../doc/gestures/set-velocity';
import type { Note } from '../../music/notes';
import { t } from '../../i18n/catalogue';
import { idsOf } from '../preview';
import type { Stage } from '../stage';
import { eachBetween } from '../visible';
import { endDrag } from './dragging';
import { ramp } from './kernels';
import type { Pointer } from './pointer';
import { State } from './state';

/** Pixels around a dot that take hold of it. */
const GRIP = 6;

interface Place {
  readonly tick: number;
  readonly velocity: number;
}

/**
 * The velocity lane: a dot is dragged up and down, and with it the chosen ones; elsewhere the hand
 * draws over the stems it passes, with shift as a straight line. While notes of the track are
 * chosen, only they change.
 */
export class ShapingVelocity extends State {
  readonly cursor = 'ns-resize';
  private readonly notes: readonly Note[];
  private readonly grabbed: Note | null;
  private readonly values = new Map<string, number>();
  private last: Place;

  constructor(
    stage: Stage,
    private readonly from: Pointer,
  ) {
    super(stage);
    this.notes = laneNotes(stage);
    this.grabbed = dotAt(stage, this.notes, from);
    this.last = this.place(from);
    if (!this.grabbed) this.move(from);
  }

  private place(pointer: Pointer): Place {
    const { stage } = this;
    return { tick: pointer.tick, velocity: stage.geometry.peek().velocity(pointer.y) };
  }

  move(pointer: Pointer): State {
    const here = this.place(pointer);
    if (this.grabbed) this.drag(this.grabbed, here);
    else this.draw(here, pointer.shift);
    this.last = here;
    this.show(here, pointer);
    return this;
  }

  private drag(grabbed: Note, here: Place): void {
    const by = here.velocity - grabbed.velocity;
    const chosen = this.stage.editing.selection.peek();
    const all = chosen.has(grabbed.id);
    const together = all ? this.notes.filter((note) => chosen.has(note.id)) : [grabbed];
    for (const note of together) {
      this.values.set(note.id, Math.min(127, Math.max(1, note.velocity + by)));
    }
  }

  private draw(here: Place, straight: boolean): void {
    if (straight) this.values.clear();
    const slack = 4 / this.stage.geometry.peek().pixelsPerTick;
    const start = straight ? this.place(this.from) : this.last;
    const forward = start.tick <= here.tick;
    const from = { ...start, tick: start.tick + (forward ? -slack : slack) };
    const to = { ...here, tick: here.tick + (forward ? slack : -slack) };
    for (const [id, value] of ramp(this.notes, from, to)) this.values.set(id, value);
  }

  private show(here: Place, pointer: Pointer): void {
    const { stage, values } = this;
    const before = this.notes.filter((note) => values.has(note.id));
    const after = before.map((n) => ({ ...n, velocity: values.get(n.id) ?? n.velocity }));
    stage.preview.value = { kind: 'velocity', before, after, hidden: idsOf(before) };
    const text = t('roll.velocityOf', { n: here.velocity });
    stage.pill.value = { text, x: pointer.x, y: pointer.y };
    stage.editing.status.value = text;
  }

  up(): null {
    const { stage, values } = this;
    endDrag(stage);
    if (values.size > 0) stage.apply(setVelocity(stage.view, values));
    return null;
  }
}

/** Notes of the current track in sight; only the chosen ones while some are chosen. */
function laneNotes(stage: Stage): Note[] {
  const { left, right } = stage.geometry.peek();
  const chosen = stage.editing.selection.peek();
  const all: Note[] = [];
  eachBetween(stage.view.notesOf(stage.editing.track.peek()), left, right, (n) => all.push(n));
  const some = all.filter((note) => chosen.has(note.id));
  return some.length > 0 ? some : all;
}

function dotAt(stage: Stage, notes: readonly Note[], at: Pointer): Note | null {
  const geometry = stage.geometry.peek();
  let best: Note | null = null;
  let least = GRIP;
  for (const note of notes) {
    const dx = geometry.x(note.start) + 2 - at.x;
    const distance = Math.hypot(dx, geometry.laneY(note.velocity) - at.y);
    if (distance <= least) [best, least] = [note, distance];
  }
  return best;
}
