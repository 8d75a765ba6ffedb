/** The playhead, and the part already heard of the notes it is in. */
import { isSilent } from './notes';
import { noteBox } from './note-box';
import type { Context, Scene } from './scene';
import { confine } from './shapes';
import { eachBetween } from '../visible';

/** Notes lit at once; a cluster of more is noise. */
const MOST_LIT = 200;

export function paintPlayhead(g: Context, scene: Scene, tick: number, playing: boolean): void {
  const { geometry, palette } = scene;
  const { input } = geometry;
  const x = Math.round(geometry.x(tick));
  if (x < geometry.grid.x - 7 || x > input.width + 7) return;
  if (playing) paintHeard(g, scene, tick);
  confine(g, { ...geometry.ruler, x: geometry.ruler.x - 7, height: input.height });
  const foot = geometry.ruler.y + geometry.ruler.height;
  g.fillStyle = palette.token('playhead');
  if (x >= geometry.grid.x) g.fillRect(x, foot - 4, 1.5, input.height - foot + 4);
  g.beginPath();
  g.moveTo(x - 5.2, foot - 13);
  g.lineTo(x + 6.7, foot - 13);
  g.lineTo(x + 6.7, foot - 8);
  g.lineTo(x + 0.75, foot - 2);
  g.lineTo(x - 5.2, foot - 8);
  g.closePath();
  g.fill();
  g.restore();
}

function paintHeard(g: Context, scene: Scene, tick: number): void {
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
