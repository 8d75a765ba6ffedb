/**
 * The song from afar, written straight into pixels: tens of thousands of runs cost less this way
 * than one path of so many boxes.
 */
import type { Track } from '../../music/notes';
import { parseColor } from '../color';
import { Density } from '../density';
import { DRUM_ROW, type Geometry } from '../geometry';
import { FILL_STEPS } from '../palette';
import { isSilent, strengthOf } from './notes';
import type { Context, Scene } from './scene';

const SILENT = 0.25;

/** Pixels that are kept between frames. */
class Sheet {
  private readonly canvas = document.createElement('canvas');
  private image: ImageData | null = null;

  take(width: number, height: number): ImageData {
    if (this.image?.width !== width || this.image.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.image = new ImageData(width, height);
    } else this.image.data.fill(0);
    return this.image;
  }

  show(g: Context, image: ImageData, x: number, y: number, ratio: number): void {
    this.canvas.getContext('2d')?.putImageData(image, 0, 0);
    g.drawImage(this.canvas, x, y, image.width / ratio, image.height / ratio);
  }
}

const sheet = new Sheet();

/** Paints the tracks, first to last, over grid and drum rows. */
export function paintFarNotes(g: Context, scene: Scene, tracks: readonly Track[]): void {
  const { geometry } = scene;
  const { grid, drums } = geometry;
  const ratio = g.getTransform().a;
  const width = Math.ceil(grid.width * ratio);
  const height = Math.ceil((grid.height + drums.height) * ratio);
  if (width === 0 || height === 0) return;
  const image = sheet.take(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  for (const track of tracks) writeTrack(pixels, { width, height, ratio }, scene, track);
  sheet.show(g, image, grid.x, grid.y, ratio);
}

interface Size {
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

function writeTrack(pixels: Uint32Array, size: Size, scene: Scene, track: Track): void {
  const { geometry, stage } = scene;
  const { left, right, pixelsPerTick } = geometry;
  const { width, height, ratio } = size;
  const drums = track.kind === 'drums';
  const rows = rowsOf(geometry, drums);
  const tall = drums ? DRUM_ROW - 5 : Math.max(1, geometry.rowHeight - 1);
  const scale = pixelsPerTick * ratio;
  const color = pixelOf(scene, track);
  const bucket = Density.bucketFor(pixelsPerTick);
  const notes = stage.view.notesOf(track.id);
  stage.density.eachRun(track.id, notes, bucket, { left, right }, (pitch, start, end) => {
    const row = rows[pitch] ?? NaN;
    if (Number.isNaN(row) || end <= left || start >= right) return;
    const x0 = Math.max(0, Math.round((start - left) * scale));
    const x1 = Math.min(width, Math.max(x0 + 1, Math.round((end - left) * scale)));
    const y0 = Math.max(0, Math.round(row * ratio));
    const y1 = Math.min(height, Math.max(y0 + 1, Math.round((row + tall) * ratio)));
    for (let y = y0; y < y1; y += 1) pixels.fill(color, y * width + x0, y * width + x1);
  });
}

/** Upper edge of each pitch's row below the grid's edge; NaN where it is out of sight. */
function rowsOf(geometry: Geometry, drums: boolean): Float64Array {
  const rows = new Float64Array(128).fill(NaN);
  const { grid, input } = geometry;
  if (drums) {
    for (const pitch of input.drumRows) rows[pitch] = (geometry.drumY(pitch) ?? 0) + 2.5 - grid.y;
    return rows;
  }
  for (let p = geometry.lowest; p <= geometry.highest; p += 1) {
    const y = geometry.y(p) - grid.y;
    if (y < grid.height) rows[p] = y;
  }
  return rows;
}

/** The track's colour as one little-endian pixel. */
function pixelOf(scene: Scene, track: Track): number {
  const { palette } = scene;
  const silent = isSilent(scene, track);
  const color = silent
    ? palette.tint(track.color, SILENT)
    : palette.fill(track.color, FILL_STEPS - 4, strengthOf(scene, track));
  const [red, green, blue] = parseColor(color);
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
