/** The glow of notes that were just accepted or dropped. */
import type { Glow } from '../flashes';
import { NOTE_RADIUS, noteBox } from './note-box';
import type { Context, Scene } from './scene';
import { confine, rounded } from './shapes';

export function paintFlashes(g: Context, scene: Scene, glows: readonly Glow[]): void {
  const { geometry, palette, stage } = scene;
  if (glows.length === 0) return;
  confine(g, { ...geometry.grid, height: geometry.lane.y - geometry.grid.y });
  for (const { id, strength, color } of glows) {
    const note = stage.view.note(id);
    const box = note && noteBox(stage, geometry, note);
    if (!box) continue;
    g.globalAlpha = strength;
    g.fillStyle = color === null ? palette.token('answer-glow') : palette.slot(color);
    rounded(g, box, NOTE_RADIUS);
    g.fill();
  }
  g.globalAlpha = 1;
  g.restore();
}
