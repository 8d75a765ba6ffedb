/** The stack of canvases, which signals soil which of them, and the one frame loop. */
import { batch, effect } from '@preact/signals-core';

import { language } from '../i18n/catalogue';
import { Camera } from './camera';
import { GhostAges } from './ghost-ages';
import { paintGhosts, paintGhostStems } from './paint/ghosts';
import { paintGround } from './paint/ground';
import { paintKeys } from './paint/keys';
import { paintLane } from './paint/lane';
import { paintMinimapBox, paintMinimapNotes } from './paint/minimap';
import { paintNotes } from './paint/notes';
import { paintPeers } from './paint/peers';
import { paintPlayhead } from './paint/playhead';
import { paintRuler } from './paint/ruler';
import type { Context, Scene } from './paint/scene';
import {
  paintCell, paintGuide, paintHover, paintMarquee, paintPill, paintPreview, paintSelection,
} from './paint/selection';
import { readPalette, type Palette } from './palette';
import { PeerMotion } from './peer-motion';
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
  readonly playhead = new Surface('playhead', (g) => this.paintHead(g));
  readonly all: readonly Surface[] = [
    this.notes, this.overlay, this.minimap, this.box, this.ruler, this.keys, this.playhead,
  ];
  /** Set while the person has scrolled away from the playhead. */
  strayed = false;
  private readonly ages = new GhostAges();
  private readonly motion = new PeerMotion();
  private readonly stopped: (() => void)[] = [];
  private readonly still = window.matchMedia('(prefers-reduced-motion: reduce)');
  private palette: Palette;
  private frame = 0;
  private rest: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly stage: Stage,
    private readonly host: HTMLElement,
  ) {
    this.palette = readPalette(host);
    this.watch();
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
  private place(): void {
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
    const head = { x: grid.x - 8, y: ruler.y, width: grid.width + 8, height: height - ruler.y };
    this.playhead.place(head, ratio);
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

  /** What each layer shows, as effects: a signal that is read soils the layer. */
  private watch(): void {
    const { stage } = this;
    const { editing, ports } = stage;
    const on = (read: () => void, ...surfaces: readonly Surface[]): void => {
      this.stopped.push(effect(() => {
        read();
        this.soil(...surfaces);
      }));
    };
    this.stopped.push(effect(() => {
      void stage.geometry.value;
      this.place();
      this.soil(...this.all.filter((surface) => surface !== this.minimap));
    }));
    on(() => { void [stage.revision.value, editing.hiddenTracks.value]; }, ...this.all);
    on(() => { void language.value; }, ...this.all);
    on(() => { void [editing.track.value, editing.soloTracks.value]; },
      this.notes, this.overlay, this.keys);
    on(() => { void editing.snap.value; }, this.notes, this.overlay);
    let hidden: ReadonlySet<string> | null = null;
    this.stopped.push(effect(() => {
      const next = stage.preview.value?.hidden ?? null;
      if (next !== hidden && !sameIds(next, hidden)) this.soil(this.notes);
      hidden = next;
      this.soil(this.overlay);
    }));
    on(() => {
      void [
        stage.marquee.value, stage.guide.value, stage.pill.value, editing.selection.value,
        editing.ghostSelection.value, editing.cell.value, editing.focused.value,
      ];
    }, this.overlay);
    on(() => { void stage.hover.value?.pitch; }, this.overlay, this.keys);
    on(() => { void stage.pressed.value; }, this.keys);
    on(() => { void editing.region.value; }, this.ruler, this.overlay);
    const { player, presence, suggestions } = ports;
    if (player) {
      on(() => { void player.loop.value; }, this.ruler);
      on(() => { void player.sounding.value; }, this.keys);
      on(() => { void [player.playing.value, player.parked.value]; }, this.playhead, this.ruler);
      this.stopped.push(effect(() => { if (player.playing.value) this.strayed = false; }));
      this.stopped.push(effect(() => { if (editing.follow.value) this.strayed = false; }));
    }
    if (presence) on(() => { void presence.peers.value; }, this.overlay, this.box);
    if (suggestions) {
      on(() => { void [suggestions.list.value, suggestions.current.value]; },
        this.overlay, this.ruler);
    }
  }

  private readonly onFrame = (now: number): void => {
    this.frame = 0;
    this.now = now;
    this.followPlayhead();
    let moving = false;
    for (const surface of this.all) moving = surface.paint() || moving;
    const playing = this.stage.ports.player?.playing.peek() === true;
    if (playing) this.soil(this.playhead);
    else if (moving || this.all.some((surface) => surface.isDirty)) this.soil();
  };

  private now = 0;

  private followPlayhead(): void {
    const { player } = this.stage.ports;
    if (!player?.playing.peek() || !this.stage.editing.follow.peek() || this.strayed) return;
    batch(() => {
      new Camera(this.stage).follow(player.positionNow(), this.still.matches);
    });
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
    paintHover(g, scene);
    if (suggestions) ages.look(suggestions.list.peek(), scene.now);
    let moving = paintGhosts(g, scene, ages);
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

  /** A pointer that stays still turns into a dot later, without a frame in between. */
  private wakeForRest(now: number): void {
    if (this.rest) clearTimeout(this.rest);
    const wait = this.motion.nextRest(now);
    this.rest = wait === null ? null : setTimeout(() => { this.soil(this.overlay); }, wait);
  }

  private paintHead(g: Context): boolean {
    const { player } = this.stage.ports;
    if (!player) return false;
    paintPlayhead(g, this.scene, player.positionNow(), player.playing.peek());
    return false;
  }
}

function sameIds(a: ReadonlySet<string> | null, b: ReadonlySet<string> | null): boolean {
  if (a === null || b === null) return (a?.size ?? 0) === (b?.size ?? 0);
  if (a.size !== b.size) return false;
  for (const id of a) if (!b.has(id)) return false;
  return true;
}
