/** The stack of canvases, and the one frame loop that paints those that are soiled. */
import type { ScoreChange } from '../doc/score-view';
import type { Peer } from '../net/presence-state';
import { Camera } from './camera';
import { Flashes } from './flashes';
import { GhostAges } from './ghost-ages';
import { paintFlashes } from './paint/flashes';
import { paintGhosts, paintGhostStems } from './paint/ghosts';
import { paintGround } from './paint/ground';
import { paintKeys } from './paint/keys';
import { paintLane } from './paint/lane';
import { paintMinimapBox, paintMinimapNotes } from './paint/minimap';
import { paintNotes } from './paint/notes';
import { paintPeers } from './paint/peers';
import { HEAD_AIR, paintHeard, paintPlayhead } from './paint/playhead';
import { paintRuler } from './paint/ruler';
import type { Context, Scene } from './paint/scene';
import {
  paintCell, paintGuide, paintHover, paintMarquee, paintPill, paintPreview, paintSelection,
} from './paint/selection';
import { readPalette, type Palette } from './palette';
import { PeerMotion } from './peer-motion';
import { sameIds, watchStage } from './soiling';
import { stepAt } from './snapping';
import type { Stage } from './stage';
import { Surface } from './surface';

export class Layers {
  readonly notes = new Surface('notes', (g) => this.paintBase(g));
  readonly overlay = new Surface('overlay', (g) => this.paintOverlay(g));
  readonly keys = new Surface('keys', (g) => this.paintWith(g, paintKeys));
  readonly ruler = new Surface('ruler', (g) => this.paintWith(g, paintRuler));
  readonly minimap = new Surface('minimap', (g) => this.paintWith(g, paintMinimapNotes));
  readonly box = new Surface('box', (g) => this.paintWith(g, paintMinimapBox));
  readonly heard = new Surface('heard', (g) => this.paintHeardNow(g));
  readonly playhead = new Surface('playhead', (g) => this.paintWith(g, paintPlayhead));
  readonly all: readonly Surface[] = [
    this.notes, this.heard, this.overlay, this.minimap, this.box, this.ruler, this.keys,
    this.playhead,
  ];
  /** Set while the person has scrolled away from the playhead. */
  strayed = false;
  private following = false;
  private readonly ages = new GhostAges();
  private readonly motion = new PeerMotion();
  private readonly flashes = new Flashes();
  private readonly stopped: readonly (() => void)[];
  private readonly still = window.matchMedia('(prefers-reduced-motion: reduce)');
  private palette: Palette;
  private frame = 0;
  private rest: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly stage: Stage,
    private readonly host: HTMLElement,
  ) {
    this.palette = readPalette(host);
    this.stopped = watchStage(this, stage);
  }

  close(): void {
    cancelAnimationFrame(this.frame);
    if (this.rest) clearTimeout(this.rest);
    for (const stop of this.stopped) stop();
  }

  /** The theme changed: everything is painted in the new colours. */
  retint(): void {
    this.palette = readPalette(this.host);
    this.soil(...this.all);
  }

  /** Puts every canvas where the geometry has its area. */
  place(): void {
    const { grid, ruler, input } = this.stage.geometry.peek();
    const { width, height, measures } = input;
    const ratio = window.devicePixelRatio;
    const field = { x: grid.x, y: grid.y, width: grid.width, height: height - grid.y };
    this.notes.place(field, ratio);
    this.overlay.place({ ...field, y: grid.y - 14, height: field.height + 14 }, ratio);
    this.keys.place({ x: 0, y: grid.y, width: grid.x, height: field.height }, ratio);
    this.ruler.place({ x: 0, y: ruler.y, width, height: ruler.height }, ratio);
    const strip = { x: 0, y: 0, width, height: measures.minimap };
    this.minimap.place(strip, ratio);
    this.box.place(strip, ratio);
    this.heard.place(field, ratio);
    const tall = height - ruler.y;
    const head = { x: grid.x - HEAD_AIR, y: ruler.y, width: HEAD_AIR * 2, height: tall };
    this.playhead.place(head, ratio);
  }

  /** The score changed: what somebody dropped or accepted lights up. */
  changed(change: ScoreChange): void {
    if (this.still.matches) return;
    this.flashes.heard(this.stage.view, change, performance.now());
    this.soil(this.overlay);
  }

  /** The size of the roll or of a device pixel changed. */
  resize(): void {
    this.place();
    this.soil(...this.all);
  }

  soil(...surfaces: readonly Surface[]): void {
    for (const surface of surfaces) surface.soil();
    if (this.frame === 0) this.frame = requestAnimationFrame(this.onFrame);
  }

  /** Takes note of what other people hold in their hands. */
  noteOthers(peers: readonly Peer[]): void {
    this.flashes.look(peers);
    const drags = peers.flatMap(({ drag }) => (drag && drag.kind !== 'copy' ? drag.ids : []));
    const held = new Set(drags);
    if (sameIds(held, this.stage.heldByOthers)) return;
    this.stage.heldByOthers = held;
    this.soil(this.notes);
  }

  private readonly onFrame = (now: number): void => {
    this.frame = 0;
    this.now = now;
    this.followPlayhead();
    let moving = false;
    for (const surface of this.all) moving = surface.paint() || moving;
    this.slidePlayhead();
    const playing = this.stage.ports.player?.playing.peek() === true;
    if (playing) this.soil(this.heard);
    else if (moving || this.all.some((surface) => surface.isDirty)) this.soil();
  };

  private now = 0;
  /** Whether the overlay shows anything; an empty one is not painted while scrolling. */
  hasOverlay = true;

  /** The view moved: by following, or because the person looks elsewhere. */
  scrolled(): void {
    this.strayed ||= !this.following;
  }

  private followPlayhead(): void {
    const { player } = this.stage.ports;
    if (!player?.playing.peek() || !this.stage.editing.follow.peek() || this.strayed) return;
    this.following = true;
    new Camera(this.stage).follow(player.positionNow(), this.still.matches);
    this.following = false;
  }

  private get scene(): Scene {
    const { stage, palette } = this;
    return {
      stage, palette, geometry: stage.geometry.peek(), now: this.now, still: this.still.matches,
    };
  }

  private paintWith(g: Context, painter: (g: Context, scene: Scene) => void): boolean {
    painter(g, this.scene);
    return false;
  }

  private paintBase(g: Context): boolean {
    const { scene } = this;
    paintGround(g, scene);
    paintNotes(g, scene);
    paintLane(g, scene);
    return false;
  }

  private paintOverlay(g: Context): boolean {
    const { scene, stage, ages, motion } = this;
    const { suggestions, presence } = stage.ports;
    const glows = this.flashes.glowing(scene.now);
    this.hasOverlay = this.overlaid() || glows.length > 0;
    if (!this.hasOverlay) return false;
    paintHover(g, scene);
    if (suggestions) ages.look(suggestions.list.peek(), scene.now);
    let moving = paintGhosts(g, scene, ages) || glows.length > 0;
    paintFlashes(g, scene, glows);
    paintGhostStems(g, scene);
    paintSelection(g, scene);
    const preview = stage.preview.peek();
    if (preview) paintPreview(g, scene, preview);
    const marquee = stage.marquee.peek();
    if (marquee) paintMarquee(g, scene, marquee);
    paintGuide(g, scene);
    const { tick } = stage.editing.cell.peek();
    paintCell(g, scene, stepAt(stage.snapping, tick) * scene.geometry.pixelsPerTick);
    const peers = presence?.peers.peek() ?? [];
    motion.keep(
      new Set(peers.map((peer) => peer.clientId)),
      new Set(peers.filter((peer) => peer.drag).map((peer) => peer.clientId)),
    );
    moving = paintPeers(g, scene, motion) || moving;
    paintPill(g, scene);
    if (!moving) this.wakeForRest(scene.now);
    return moving;
  }

  /** Whether anything stands over the notes. */
  private overlaid(): boolean {
    const { stage } = this;
    const { editing, ports } = stage;
    return stage.preview.peek() !== null || stage.marquee.peek() !== null
      || stage.guide.peek() !== null || typeof stage.hover.peek()?.pitch === 'number'
      || editing.focused.peek() || editing.selection.peek().size > 0
      || (ports.presence?.peers.peek().length ?? 0) > 0
      || (ports.suggestions?.list.peek().length ?? 0) > 0;
  }

  /** A pointer that stays still turns into a dot later, without a frame in between. */
  private wakeForRest(now: number): void {
    if (this.rest) clearTimeout(this.rest);
    const wait = this.motion.nextRest(now);
    this.rest = wait === null ? null : setTimeout(() => { this.soil(this.overlay); }, wait);
  }

  /** The line is moved, not painted: that costs no frame of the canvas. */
  private slidePlayhead(): void {
    const { player } = this.stage.ports;
    const geometry = this.stage.geometry.peek();
    const x = player ? Math.round(geometry.x(player.positionNow())) : -1;
    const inside = x >= geometry.grid.x && x <= geometry.input.width;
    this.playhead.canvas.hidden = !inside;
    if (inside) this.playhead.slide(x - geometry.grid.x);
  }

  private paintHeardNow(g: Context): boolean {
    const { player } = this.stage.ports;
    if (player?.playing.peek()) paintHeard(g, this.scene, player.positionNow());
    return false;
  }
}
