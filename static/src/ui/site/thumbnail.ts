import { customElement, property } from 'lit/decorators.js';

import { Drawing, type Easel } from '../drawing';
import type { ThumbnailNote } from '../scores-api';

const PAD = 8;
const NOTE_HEIGHT = 3;
const LEAST_RANGE = 24;

/** A whole score drawn small. */
@customElement('antiphon-thumbnail')
export class Thumbnail extends Drawing {
  @property({ attribute: false }) notes: readonly ThumbnailNote[] = [];

  protected override paint({ pen, width, height, token }: Easel): void {
    if (this.notes.length === 0) return;
    const pitches = this.notes.map((note) => note[1]);
    const middle = (Math.min(...pitches) + Math.max(...pitches)) / 2;
    const range = Math.max(LEAST_RANGE, Math.max(...pitches) - Math.min(...pitches) + 2);
    for (const [start, pitch, duration, slot] of this.notes) {
      pen.fillStyle = token(`slot-${slot}`);
      const y = height / 2 - ((pitch - middle) / range) * (height - 2 * PAD) - NOTE_HEIGHT / 2;
      const x = PAD + start * (width - 2 * PAD);
      const wide = Math.max(1.5, duration * (width - 2 * PAD) - 0.5);
      pen.fillRect(x, y, wide, NOTE_HEIGHT);
    }
  }
}
