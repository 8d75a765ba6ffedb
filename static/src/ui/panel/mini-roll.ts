import { customElement, property } from 'lit/decorators.js';

import type { CandidateState, Region } from '../../ai/suggestion-state';
import type { MeterMap } from '../../music/meter-map';
import { Drawing, type Easel } from '../drawing';

const NOTE_HEIGHT = 3.6;
const LEAST_RANGE = 12;
const FRONT_GLOW = 34;

/** A candidate drawn small, with the front up to which it is written. */
@customElement('antiphon-mini-roll')
export class MiniRoll extends Drawing {
  @property({ attribute: false }) candidate!: CandidateState;
  @property({ attribute: false }) region!: Region;
  @property({ attribute: false }) meter!: MeterMap;
  /** Written out and chosen: filled; else an open edge. */
  @property({ attribute: false }) filled = true;
  @property({ attribute: false }) arriving = false;
  /** 0–1 while it is heard. */
  @property({ attribute: false }) played: number | null = null;

  protected override paint(easel: Easel): void {
    const { pen, width, height, token } = easel;
    const { start, end } = this.region;
    const x = (tick: number): number => ((tick - start) / (end - start)) * width;
    pen.fillStyle = token('grid-beat');
    for (let bar = this.meter.barAt(start) + 1; this.meter.barStart(bar) < end; bar += 1) {
      pen.fillRect(Math.round(x(this.meter.barStart(bar))), 0, 1, height);
    }
    this.notes(easel, x);
    if (this.arriving) front(easel, x(this.candidate.front));
    if (this.played === null) return;
    pen.fillStyle = token('playhead');
    pen.fillRect(Math.min(1, Math.max(0, this.played)) * width, 0, 1.5, height);
  }

  private notes({ pen, height, token }: Easel, x: (tick: number) => number): void {
    const { notes } = this.candidate;
    if (notes.length === 0) return;
    const pitches = notes.map((note) => note.pitch);
    const middle = (Math.min(...pitches) + Math.max(...pitches)) / 2;
    const range = Math.max(LEAST_RANGE, Math.max(...pitches) - Math.min(...pitches) + 2);
    pen.fillStyle = token('answer');
    pen.strokeStyle = token('answer');
    pen.lineWidth = 1;
    for (const note of notes) {
      const y = height / 2 - ((note.pitch - middle) / range) * (height - 12) - NOTE_HEIGHT / 2;
      const left = x(note.start) + 0.5;
      const wide = Math.max(1.6, x(note.start + note.duration) - left - 1);
      pen.beginPath();
      pen.roundRect(left, y, wide, NOTE_HEIGHT, 1.5);
      if (this.filled) pen.fill();
      else pen.stroke();
    }
  }
}

function front({ pen, height, token, wash }: Easel, at: number): void {
  const glow = pen.createLinearGradient(at - FRONT_GLOW, 0, at, 0);
  glow.addColorStop(0, wash('answer-glow', 0));
  glow.addColorStop(1, wash('answer-glow', 0.3));
  pen.fillStyle = glow;
  pen.fillRect(at - FRONT_GLOW, 0, FRONT_GLOW, height);
  pen.fillStyle = token('answer');
  pen.fillRect(at, 0, 1.5, height);
}
