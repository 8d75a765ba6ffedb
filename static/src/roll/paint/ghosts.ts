/** Suggested notes: the current candidate as a wash with an edge, the others as open dashes. */
import type { CandidateState, SuggestedNote, SuggestionState } from '../../ai/suggestion-state';
import type { GhostAges } from '../ghost-ages';
import type { Box } from '../geometry';
import { ghostsOf, isShown } from '../hit';
import { drawOpenStems, stemX, type Stem } from './lane';
import { NOTE_RADIUS, noteBox } from './note-box';
import type { Context, Scene } from './scene';
import { confine, grown, letter, post, rounded } from './shapes';

/** How far the light behind the front reaches, in pixels. */
const TRAIL = 34;

/** Candidates from the back to the front: the current one comes last. */
export function ghostOrder(scene: Scene, suggestion: SuggestionState): readonly CandidateState[] {
  const place = (of: CandidateState): number => Number(isCurrent(scene, suggestion, of));
  return [...suggestion.candidates].sort((a, b) => place(a) - place(b));
}

function isCurrent(scene: Scene, suggestion: SuggestionState, of: CandidateState): boolean {
  const current = scene.stage.ports.suggestions?.current.peek();
  return current?.suggestion === suggestion.id && current.candidate === of.index;
}

/** Returns true while something still moves. */
export function paintGhosts(g: Context, scene: Scene, ages: GhostAges): boolean {
  let moving = false;
  for (const suggestion of scene.stage.ports.suggestions?.list.peek() ?? []) {
    if (!isShown(suggestion)) continue;
    paintPosts(g, scene, suggestion);
    for (const candidate of ghostOrder(scene, suggestion)) {
      const current = isCurrent(scene, suggestion, candidate);
      if (current) moving = paintCurrent(g, scene, candidate, ages) || moving;
      else paintOther(g, scene, candidate);
      if (suggestion.status === 'arriving' && !candidate.done && candidate.notes.length > 0) {
        const front = ages.front(suggestion.id, candidate, scene.now, scene.still);
        paintFront(g, scene, candidate, front, current);
        moving = !scene.still || moving;
      }
    }
  }
  return moving;
}

/** The region asked for: a faint wash between dashed posts. */
function paintPosts(g: Context, scene: Scene, suggestion: SuggestionState): void {
  const { geometry, palette } = scene;
  const { grid } = geometry;
  const x0 = geometry.x(suggestion.region.start);
  const x1 = geometry.x(suggestion.region.end);
  if (x1 < grid.x || x0 > grid.x + grid.width) return;
  confine(g, { ...grid, height: geometry.input.height - grid.y });
  g.fillStyle = palette.wash('answer-glow', 0.05);
  g.fillRect(x0, grid.y, x1 - x0, geometry.input.height - grid.y);
  g.strokeStyle = palette.wash('answer', 0.75);
  g.lineWidth = 1;
  post(g, x0, grid.y, grid.y + grid.height);
  post(g, x1, grid.y, grid.y + grid.height);
  g.restore();
}

function visibleBoxes(
  scene: Scene,
  candidate: CandidateState,
  visit: (box: Box, note: SuggestedNote) => void,
): void {
  const { geometry, stage } = scene;
  for (const note of ghostsOf(stage, candidate)) {
    if (note.start >= geometry.right || note.start + note.duration <= geometry.left) continue;
    const box = noteBox(stage, geometry, note);
    if (box) visit(box, note);
  }
}

function paintOther(g: Context, scene: Scene, candidate: CandidateState): void {
  const { palette, geometry } = scene;
  confine(g, { ...geometry.grid, height: geometry.lane.y - geometry.grid.y });
  g.lineWidth = 1.1;
  visibleBoxes(scene, candidate, (box) => {
    rounded(g, grown(box, -0.75), NOTE_RADIUS);
    g.fillStyle = palette.wash('stage', 0.72);
    g.fill();
    g.setLineDash([3, 2]);
    g.strokeStyle = palette.wash('answer', 0.9);
    g.stroke();
  });
  g.setLineDash([]);
  g.restore();
}

function paintCurrent(
  g: Context,
  scene: Scene,
  candidate: CandidateState,
  ages: GhostAges,
): boolean {
  const { geometry, palette, stage } = scene;
  const chosen = stage.editing.ghostSelection.peek();
  let moving = false;
  confine(g, { ...geometry.grid, height: geometry.lane.y - geometry.grid.y });
  visibleBoxes(scene, candidate, (whole, note) => {
    const life = scene.still ? null : ages.life(note.id, scene.now);
    if (life) moving = true;
    const box = life ? { ...whole, width: Math.max(3, whole.width * life.grown) } : whole;
    const edge = stage.view.track(note.track)?.color ?? 1;
    g.globalAlpha = life?.shown ?? 1;
    rounded(g, grown(box, -0.6), NOTE_RADIUS);
    g.fillStyle = palette.wash('stage', 0.8);
    g.fill();
    g.fillStyle = palette.wash('answer-glow', 0.34 + (life ? life.glow * 0.36 : 0));
    g.fill();
    if (life && life.glow > 0.1) {
      g.shadowColor = palette.token('answer');
      g.shadowBlur = 10 * life.glow;
    }
    g.strokeStyle = palette.token('answer');
    g.lineWidth = 1.3;
    g.stroke();
    g.shadowBlur = 0;
    g.fillStyle = palette.slot(edge);
    g.beginPath();
    g.roundRect(box.x, box.y, 3, box.height, [NOTE_RADIUS, 0, 0, NOTE_RADIUS]);
    g.fill();
    if (chosen?.ids.has(note.id)) {
      rounded(g, grown(box, 1), NOTE_RADIUS + 1);
      g.strokeStyle = palette.token('select');
      g.lineWidth = 1.75;
      g.stroke();
    }
    g.globalAlpha = 1;
  });
  g.restore();
  return moving;
}

/** Velocities of the current candidate, as open dots in the lane. */
export function paintGhostStems(g: Context, scene: Scene): void {
  const { geometry, palette, stage } = scene;
  if (geometry.lane.height === 0) return;
  const current = stage.editing.track.peek();
  const stems: Stem[] = [];
  for (const suggestion of stage.ports.suggestions?.list.peek() ?? []) {
    if (!isShown(suggestion)) continue;
    for (const candidate of suggestion.candidates) {
      if (!isCurrent(scene, suggestion, candidate)) continue;
      for (const note of ghostsOf(stage, candidate)) {
        if (note.track !== current || note.start < geometry.left) continue;
        if (note.start > geometry.right) continue;
        stems.push({ x: stemX(scene, note), y: geometry.laneY(note.velocity) });
      }
    }
  }
  if (stems.length === 0) return;
  confine(g, geometry.lane);
  drawOpenStems(g, scene, stems, palette.token('answer'));
  g.restore();
}

/** Where a candidate has got to, with its letter. */
function paintFront(
  g: Context,
  scene: Scene,
  candidate: CandidateState,
  front: number,
  current: boolean,
): void {
  const { geometry, palette } = scene;
  const { grid } = geometry;
  const pitches = candidate.notes.slice(-16).map((note) => note.pitch);
  const upper = Math.max(grid.y + 14, geometry.y(Math.max(...pitches)) - 10);
  const lower = Math.min(grid.y + grid.height, geometry.y(Math.min(...pitches)) + 18);
  if (lower <= upper) return;
  const x = geometry.x(front);
  if (x < grid.x || x > grid.x + grid.width) return;
  const breath = scene.still ? 1 : 0.8 + 0.2 * Math.sin((scene.now / 1600) * Math.PI * 2);
  const light = g.createLinearGradient(x - TRAIL, 0, x, 0);
  light.addColorStop(0, palette.wash('answer-glow', 0));
  light.addColorStop(1, palette.wash('answer-glow', current ? 0.3 : 0.16));
  confine(g, { ...grid, y: grid.y - 14, height: grid.height + 14 });
  g.globalAlpha = breath;
  g.fillStyle = light;
  g.fillRect(x - TRAIL, upper, TRAIL, lower - upper);
  g.fillStyle = palette.token('answer');
  g.fillRect(x, upper, 1.5, lower - upper);
  g.globalAlpha = 1;
  badge(g, scene, candidate.letter, { x: x - 6, y: upper - 13 }, current);
  g.restore();
}

/** The letter of a candidate, filled for the current one. */
function badge(
  g: Context,
  scene: Scene,
  text: string,
  at: { readonly x: number; readonly y: number },
  filled: boolean,
): void {
  const { palette } = scene;
  rounded(g, { x: at.x, y: at.y, width: 15, height: 14 }, 4);
  g.fillStyle = palette.token(filled ? 'answer' : 'stage');
  g.fill();
  if (!filled) {
    g.strokeStyle = palette.token('answer');
    g.lineWidth = 1.2;
    g.stroke();
  }
  const color = palette.token(filled ? 'on-answer' : 'answer');
  letter(g, palette, text, { x: at.x + 7.5, y: at.y + 7.3 }, {
    color,
    face: '700 9px',
    align: 'center',
  });
}
