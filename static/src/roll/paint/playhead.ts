/** The playhead, and the part already heard of the notes it is in. */
import { eachBetween } from '../visible';
import { noteBox } from './note-box';
import { isSilent } from './notes';
import type { Context, Scene } from './scene';

/** Notes lit at once; a cluster of more is noise. */
const MOST_LIT = 200;
/** The line's distance from the left edge of its canvas, which slides along. */
export const HEAD_AIR = 8;

/** The line and its flag, standing at the left edge of the grid; the canvas slides. */
export function paintPlayhead(g: Context, scene: Scene): void {
  const { geometry, palette } = scene;
  const { grid, ruler, input } = geometry;
  const x = grid.x;
  const foot = ruler.y + ruler.height;
  g.fillStyle = palette.token('playhead');
  g.fillRect(x, foot - 4, 1.5, input.height - foot + 4);
  g.beginPath();
  g.moveTo(x - 5.2, foot - 13);
  g.lineTo(x + 6.7, foot - 13);
  g.lineTo(x + 6.7, foot - 8);
  g.lineTo(x + 0.75, foot - 2);
  g.lineTo(x - 5.2, foot - 8);
  g.closePath();
  g.fill();
}

/** 45 % over what has been heard of the notes that sound now. */
export function paintHeard(g: Context, scene: Scene, tick: number): void {
  const { geometry, palette, stage } = scene;
  if (geometry.pixelsPerTick < 0.01) return;
  g.fillStyle = palette.wash('playhead', 0.45);
  let lit = 0;
  for (const track of stage.shownTracks) {
    if (isSilent(scene, track)) continue;
    const area = track.kind === 'drums' ? geometry.drums : geometry.grid;
    eachBetween(stage.view.notesOf(track.id), tick, tick + 1, (note) => {
      if (lit > MOST_LIT || note.start > tick || stage.view.isMuted(note.id)) return;
      const box = noteBox(stage, geometry, note);
      if (!box || box.y + box.height > area.y + area.height || box.y < area.y) return;
      const x = Math.max(box.x, geometry.grid.x);
      const heard = Math.min(box.x + box.width, geometry.x(tick)) - x;
      if (heard <= 0) return;
      lit += 1;
      g.fillRect(x, box.y, heard, box.height);
    });
  }
}
