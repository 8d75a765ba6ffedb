/** Other people: their pointer, what they have selected, and what they drag. */
import type { Peer } from '../../net/presence-state';
import { t } from '../../i18n/catalogue';
import type { Note } from '../../music/notes';
import type { PeerMotion } from '../peer-motion';
import { noteBox, NOTE_RADIUS } from './note-box';
import type { Context, Scene } from './scene';
import { confine, grown, letter, rounded, widthOf } from './shapes';

/** Returns true while a drag or a pointer is still on its way. */
export function paintPeers(g: Context, scene: Scene, motion: PeerMotion): boolean {
  let moving = false;
  const peers = scene.stage.ports.presence?.peers.peek() ?? [];
  const { geometry } = scene;
  confine(g, { ...geometry.grid, height: geometry.lane.y - geometry.grid.y });
  for (const peer of peers) if (peer.select && !peer.drag) paintTheirSelection(g, scene, peer);
  for (const peer of peers) {
    if (peer.drag) moving = paintTheirDrag(g, scene, peer, motion) || moving;
  }
  for (const peer of peers) moving = paintPointer(g, scene, peer, motion) || moving;
  g.restore();
  return moving;
}

function paintTheirSelection(g: Context, scene: Scene, peer: Peer): void {
  const { geometry, palette } = scene;
  const select = peer.select;
  if (!select || select.n === 0) return;
  const color = palette.slot(peer.user.color);
  const hits = scene.stage.notes(select.ids).filter((note) => scene.stage.isDrums(note.track));
  if (hits.length > 0) {
    for (const note of hits) ring(g, scene, note, color);
    if (hits.length === select.n) return;
  }
  const [t0, t1, p0, p1] = select.box;
  const y = geometry.y(p1) - 3;
  const box = {
    x: geometry.x(t0) - 2,
    y,
    width: (t1 - t0) * geometry.pixelsPerTick + 3,
    height: geometry.y(p0) + geometry.rowHeight + 3 - y,
  };
  rounded(g, box, 4);
  g.fillStyle = palette.slotWash(peer.user.color, 0.14);
  g.fill();
  g.strokeStyle = color;
  g.lineWidth = 1.5;
  g.stroke();
}

/** A hit that somebody has chosen: drums have rows of their own, which no box of pitches meets. */
function ring(g: Context, scene: Scene, note: Note, color: string): void {
  const box = noteBox(scene.stage, scene.geometry, note);
  if (!box) return;
  rounded(g, grown(box, 1), NOTE_RADIUS + 1);
  g.strokeStyle = color;
  g.lineWidth = 1.5;
  g.stroke();
}

function paintTheirDrag(g: Context, scene: Scene, peer: Peer, motion: PeerMotion): boolean {
  const { geometry, palette, stage } = scene;
  const drag = peer.drag;
  if (!drag) return false;
  const eased = motion.drag(peer.clientId, drag, scene.now, scene.still);
  for (const note of stage.notes(drag.ids)) {
    const color = stage.view.track(note.track)?.color ?? 11;
    const box = noteBox(stage, geometry, shifted(note, drag.kind, eased));
    if (!box) continue;
    rounded(g, box, NOTE_RADIUS);
    g.fillStyle = palette.slotWash(color, 0.55);
    g.fill();
    rounded(g, grown(box, 0.5), NOTE_RADIUS + 0.5);
    g.strokeStyle = palette.slot(peer.user.color);
    g.lineWidth = 1.5;
    g.stroke();
  }
  return eased.moving;
}

function shifted(
  note: Note,
  kind: 'move' | 'resize' | 'copy',
  by: { readonly dt: number; readonly dp: number },
): Note {
  if (kind === 'resize') return { ...note, duration: Math.max(1, note.duration + by.dt) };
  return { ...note, start: note.start + by.dt, pitch: note.pitch + by.dp };
}

function paintPointer(g: Context, scene: Scene, peer: Peer, motion: PeerMotion): boolean {
  const { geometry, palette, stage } = scene;
  if (!peer.cursor) return false;
  const [tick, pitch, track] = peer.cursor;
  const seen = motion.pointer(peer.clientId, { tick, pitch }, scene.now, scene.still);
  const rowY = stage.isDrums(track) ? geometry.drumY(Math.round(seen.pitch)) : null;
  const x = geometry.x(seen.tick);
  const y = (rowY ?? geometry.y(seen.pitch)) + geometry.rowHeight / 2;
  if (x < geometry.grid.x - 4 || x > geometry.input.width || y < geometry.grid.y) {
    return seen.moving;
  }
  const color = palette.slot(peer.user.color);
  if (seen.resting) {
    g.beginPath();
    g.arc(x, y, 3, 0, Math.PI * 2);
    g.fillStyle = color;
    g.fill();
    return seen.moving;
  }
  arrow(g, scene, x, y, color);
  const words = pillWords(peer);
  const width = widthOf(g, palette, words, '600 11px') + 14;
  rounded(g, { x: x + 10, y: y + 13, width, height: 18 }, 9);
  g.fillStyle = color;
  g.fill();
  letter(g, palette, words, { x: x + 17, y: y + 22.5 }, {
    color: palette.ink(peer.user.color),
    face: '600 11px',
  });
  return seen.moving;
}

/** "Oboe · up 5" while Oboe drags, else the name. */
function pillWords(peer: Peer): string {
  const dp = peer.drag?.dp ?? 0;
  if (dp === 0) return peer.user.name;
  const key = dp > 0 ? 'roll.pill.up' : 'roll.pill.down';
  return `${peer.user.name} · ${t(key, { n: Math.abs(dp) })}`;
}

function arrow(g: Context, scene: Scene, x: number, y: number, color: string): void {
  g.beginPath();
  g.moveTo(x, y);
  g.lineTo(x + 4.6, y + 14.5);
  g.lineTo(x + 7.4, y + 8.6);
  g.lineTo(x + 13.6, y + 6.8);
  g.closePath();
  g.fillStyle = color;
  g.strokeStyle = scene.palette.token('stage');
  g.lineWidth = 1.5;
  g.lineJoin = 'round';
  g.stroke();
  g.fill();
}
