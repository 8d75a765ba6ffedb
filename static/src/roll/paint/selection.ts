/** What is chosen, what is being dragged, and where keyboard and pointer stand. */
import type { Note } from '../../music/notes';
import { NO_IDS, type Preview } from '../preview';
import { DRUM_ROW, type Box } from '../geometry';
import { paintFarChoice, paintFarHeld } from './far-notes';
import { drawStems, stemX, type Stem } from './lane';
import { NOTE_RADIUS, noteBox } from './note-box';
import { fillAll, outline, paintNote, ROUND_UP_TO } from './notes';
import type { Context, Scene } from './scene';
import { addRounded, confine, grown, letter, rounded, widthOf } from './shapes';

/** More chosen notes than this are plain boxes. */
const FAR = 3000;
/** More dragged notes than this are drawn without their shadows. */
const SHADOWS = 64;

export function paintSelection(g: Context, scene: Scene): void {
  const { geometry, stage } = scene;
  const chosen = stage.editing.selection.peek();
  if (chosen.size === 0) return;
  const hidden = stage.preview.peek()?.hidden ?? NO_IDS;
  if (chosen.size > FAR && hidden.size === 0) {
    paintFarChoice(g, scene);
    return;
  }
  const notes = visibleOf(scene, chosen).filter((note) => !hidden.has(note.id));
  confine(g, { ...geometry.grid, height: geometry.lane.y - geometry.grid.y });
  ringed(g, scene, notes);
  g.restore();
  selectedStems(g, scene, notes);
}

/** The chosen notes in sight. */
function visibleOf(scene: Scene, chosen: ReadonlySet<string>): Note[] {
  const { left, right } = scene.geometry;
  const notes = scene.stage.notes(chosen);
  return notes.filter((note) => note.start < right && note.start + note.duration > left);
}

/** Full fill and a ring outside; one path for each colour. */
function ringed(g: Context, scene: Scene, notes: readonly Note[]): void {
  const { geometry, palette, stage } = scene;
  const byColor = new Map<number, Box[]>();
  const all: Box[] = [];
  for (const note of notes) {
    const box = noteBox(stage, geometry, note);
    if (!box) continue;
    all.push(box);
    const color = stage.view.track(note.track)?.color ?? 11;
    const list = byColor.get(color);
    if (list) list.push(box);
    else byColor.set(color, [box]);
  }
  if (all.length > ROUND_UP_TO) {
    // A ring as a larger box behind: of hundreds of notes the round stroke costs ten times more.
    g.fillStyle = palette.token('select');
    for (const { x, y, width, height } of all) g.fillRect(x - 1.5, y - 1.5, width + 3, height + 3);
    for (const [color, boxes] of byColor) fillAll(g, boxes, palette.slot(color));
    return;
  }
  for (const [color, boxes] of byColor) fillAll(g, boxes, palette.slot(color));
  g.strokeStyle = palette.token('select');
  g.lineWidth = 1.75;
  g.beginPath();
  for (const box of all) addRounded(g, grown(box, 0.75), NOTE_RADIUS + 1);
  g.stroke();
}

function selectedStems(g: Context, scene: Scene, notes: readonly Note[]): void {
  const { geometry, palette, stage } = scene;
  if (geometry.lane.height === 0 || notes.length > FAR) return;
  const current = stage.editing.track.peek();
  const stems: Stem[] = [];
  for (const note of notes) {
    if (note.track !== current || note.start < geometry.left) continue;
    stems.push({ x: stemX(scene, note), y: geometry.laneY(note.velocity) });
  }
  confine(g, geometry.lane);
  drawStems(g, scene, stems, palette.token('select'));
  g.restore();
}

export function paintPreview(g: Context, scene: Scene, preview: Preview): void {
  const { geometry, palette, stage } = scene;
  const seen = preview.after.filter(
    (note) => note.start < geometry.right && note.start + note.duration > geometry.left,
  );
  confine(g, { ...geometry.grid, height: geometry.lane.y - geometry.grid.y });
  if (seen.length > FAR && preview.kind !== 'erase') {
    paintFarHeld(g, scene, seen);
    g.restore();
    return;
  }
  const lifted = (preview.kind === 'move' || preview.kind === 'copy') && seen.length <= SHADOWS;
  const boxes: Box[] = [];
  const drawn: Note[] = [];
  for (const note of seen) {
    const box = noteBox(stage, geometry, note);
    if (!box) continue;
    drawn.push(note);
    boxes.push(lifted ? { ...box, y: box.y - 1 } : box);
  }
  if (preview.kind === 'erase') {
    for (const box of boxes) outline(g, box, palette.token('text-3'), [1, 3]);
  } else if (boxes.length > SHADOWS) ringed(g, scene, drawn);
  else {
    g.shadowColor = lifted ? palette.wash('ground', 0.6) : 'transparent';
    g.shadowBlur = lifted ? 6 : 0;
    g.shadowOffsetY = lifted ? 2 : 0;
    boxes.forEach((box, i) => {
      const note = drawn[i];
      if (note) paintNote(g, scene, box, note, preview.kind !== 'velocity');
    });
    g.shadowColor = 'transparent';
    g.shadowBlur = 0;
    g.shadowOffsetY = 0;
    if (preview.kind !== 'velocity') {
      g.strokeStyle = palette.token('select');
      g.lineWidth = 1.75;
      g.beginPath();
      for (const box of boxes) addRounded(g, grown(box, 0.75), NOTE_RADIUS + 1);
      g.stroke();
    }
  }
  g.restore();
  if (preview.kind !== 'erase') selectedStems(g, scene, drawn);
}

export function paintMarquee(g: Context, scene: Scene, box: Box): void {
  const { palette } = scene;
  g.fillStyle = palette.wash('select', 0.06);
  g.fillRect(box.x, box.y, box.width, box.height);
  g.strokeStyle = palette.wash('select', 0.55);
  g.lineWidth = 1;
  g.setLineDash([4, 3]);
  g.strokeRect(Math.round(box.x) + 0.5, Math.round(box.y) + 0.5, box.width, box.height);
  g.setLineDash([]);
}

/** The line that a gesture holds on to, brass while the grid holds it. */
export function paintGuide(g: Context, scene: Scene): void {
  const guide = scene.stage.guide.peek();
  if (!guide?.snapped) return;
  const { geometry, palette } = scene;
  const x = Math.round(geometry.x(guide.tick));
  if (x < geometry.grid.x) return;
  g.fillStyle = palette.wash('call', 0.6);
  g.fillRect(x, geometry.grid.y, 1.5, geometry.input.height - geometry.grid.y);
}

/** The row under the pointer, and the note in it, a little brighter. */
export function paintHover(g: Context, scene: Scene): void {
  const { geometry, palette, stage } = scene;
  const hover = stage.hover.peek();
  if (hover?.pitch === null || hover === null) return;
  const drums = hover.y >= geometry.drums.y && geometry.drums.height > 0;
  const y = drums ? geometry.drumY(hover.pitch) : geometry.y(hover.pitch);
  if (y === null) return;
  g.fillStyle = palette.wash('text', 0.04);
  g.fillRect(geometry.grid.x, y, geometry.grid.width, drums ? DRUM_ROW : geometry.rowHeight);
  const note = hover.note === null ? undefined : stage.view.note(hover.note);
  const box = note && noteBox(stage, geometry, note);
  if (!box) return;
  rounded(g, box, NOTE_RADIUS);
  g.fillStyle = palette.wash('select', 0.12);
  g.fill();
}

/** The keyboard's cell: a ring, only while the keyboard is in the roll. */
export function paintCell(g: Context, scene: Scene, width: number): void {
  const { geometry, palette, stage } = scene;
  if (!stage.editing.focused.peek()) return;
  const { tick, pitch } = stage.editing.cell.peek();
  const drums = stage.currentTrack?.kind === 'drums';
  const y = drums ? geometry.drumY(pitch) : geometry.y(pitch);
  if (y === null) return;
  const x = geometry.x(tick);
  const height = drums ? DRUM_ROW : geometry.rowHeight;
  confine(g, { ...geometry.grid, height: geometry.lane.y - geometry.grid.y });
  rounded(g, { x: x - 1, y: y - 1, width: Math.max(6, width) + 2, height: height + 2 }, 4);
  g.strokeStyle = palette.token('focus');
  g.lineWidth = 2;
  g.stroke();
  g.restore();
}

/** A few words beside the pointer. */
export function paintPill(g: Context, scene: Scene): void {
  const pill = scene.stage.pill.peek();
  if (!pill) return;
  const { palette, geometry } = scene;
  const width = widthOf(g, palette, pill.text, '600 11px') + 16;
  const x = Math.min(pill.x + 14, geometry.input.width - width - 4);
  const y = Math.max(geometry.grid.y + 4, pill.y - 28);
  rounded(g, { x, y, width, height: 20 }, 10);
  g.fillStyle = palette.token('text');
  g.fill();
  letter(g, palette, pill.text, { x: x + 8, y: y + 10.5 }, {
    color: palette.token('chrome'),
    face: '600 11px',
  });
}
