import { customElement, property } from 'lit/decorators.js';

import { Drawing, type Easel } from '../drawing';
import { ANSWER_A, ANSWER_B, BASS, CALL, FRONT, PIANO, type Stroke } from './piece';

const LOWEST = 38;
const HIGHEST = 83;
const RULER = 28;
const NARROW = 600;

/** Drawings of the landing page, in the colours of the theme. */
@customElement('antiphon-art')
export class Art extends Drawing {
  @property() kind = 'hero';

  protected override paint(easel: Easel): void {
    if (this.kind === 'hero') drawHero(easel);
    else if (this.kind === 'voices') drawVoice(easel);
    else drawPhrase(easel, this.kind === 'answers');
  }
}

function drawHero({ pen, width, height, token, wash }: Easel): void {
  const row = (height - RULER) / (HIGHEST - LOWEST + 1);
  const narrow = width < NARROW;
  const bar = width / (narrow ? 4.6 : 8.1);
  const offset = narrow ? 3.1 : -0.05;
  const x = (sixteenth: number): number => (sixteenth / 16 - offset) * bar;
  const y = (pitch: number): number => RULER + (HIGHEST - pitch) * row;
  pen.fillStyle = token('stage');
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = token('stage-black');
  for (let pitch = LOWEST; pitch <= HIGHEST; pitch += 1) {
    if ([1, 3, 6, 8, 11].includes(pitch % 12)) pen.fillRect(0, y(pitch), width, row);
  }
  pen.fillStyle = wash('answer-glow', 0.06);
  pen.fillRect(x(64), RULER, width, height);
  pen.font = `600 11px ${token('font')}`;
  for (let at = 0; at < 136; at += 4) {
    const whole = at % 16 === 0;
    pen.fillStyle = token(whole ? 'grid-bar' : 'grid-beat');
    pen.fillRect(Math.round(x(at)), whole ? 0 : RULER, 1, height);
    pen.fillStyle = token('text-3');
    if (whole) pen.fillText(String(at / 16 + 1), x(at) + 7, 18);
  }
  const box = ([start, length, pitch]: Stroke): [number, number, number, number] => [
    x(start) + 1, y(pitch) + 0.5, x(start + length) - x(start) - 1.5, row - 1,
  ];
  const written = (notes: readonly Stroke[], color: string, share: number): void => {
    for (const note of notes) {
      const [left, top, wide, tall] = box(note);
      round(pen, left, top, wide, tall, 3);
      pen.fillStyle = wash(color, share * (0.5 + note[3] / 216));
      pen.fill();
      pen.fillStyle = token(color);
      pen.fillRect(left, top, 2.5, tall);
    }
  };
  written(PIANO, 'c-azure', 0.75);
  written(BASS, 'c-coral', 0.8);
  written(CALL, 'c-brass', 1);
  pen.strokeStyle = token('answer');
  pen.setLineDash([3, 2]);
  pen.lineWidth = 1.2;
  for (const note of ANSWER_B) { round(pen, ...box(note), 3); pen.stroke(); }
  pen.setLineDash([]);
  pen.lineWidth = 1.4;
  for (const note of ANSWER_A) {
    round(pen, ...box(note), 3);
    pen.fillStyle = wash('answer-glow', 0.38);
    pen.fill();
    pen.stroke();
  }
  const front = x(FRONT);
  const glow = pen.createLinearGradient(front - 70, 0, front, 0);
  glow.addColorStop(0, wash('answer-glow', 0));
  glow.addColorStop(1, wash('answer-glow', 0.26));
  pen.fillStyle = glow;
  pen.fillRect(front - 70, RULER, 70, height);
  pen.fillStyle = token('answer');
  pen.fillRect(front, RULER, 1.5, height);
  playhead(pen, Math.round(x(70)), 20, height, token('playhead'));
}

/** Four notes written, and four more: by somebody else, or as an answer. */
function drawPhrase({ pen, width, height, token, wash }: Easel, answered: boolean): void {
  pen.clearRect(0, 0, width, height);
  for (let i = 1; i < 12; i += 1) {
    pen.fillStyle = token(i % 4 === 0 ? 'grid-bar' : 'grid-beat');
    pen.fillRect(Math.round((width * i) / 12), 0, 1, height);
  }
  const unit = width / 24;
  const rows = [50, 38, 26, 38];
  const note = (start: number, row: number, length: number, color: string): void => {
    round(pen, start * unit + 1, row, length * unit - 2, 9, 2.5);
    if (color === 'answer') {
      pen.fillStyle = wash('answer-glow', 0.3);
      pen.strokeStyle = token('answer');
      pen.lineWidth = 1.3;
      pen.fill();
      pen.stroke();
    } else {
      pen.fillStyle = token(color);
      pen.fill();
    }
  };
  [[1, 3], [4, 2], [6, 4], [10, 2.5]].forEach(([start = 0, length = 2], i) => {
    note(start, rows[i] ?? 38, length, 'c-brass');
  });
  const second = answered ? 'answer' : 'c-azure';
  [[13, 26, 3], [16, 38, 2], [18, 50, 3]].forEach(([start = 0, row = 38, length = 2]) => {
    note(start, row, length, second);
  });
  if (answered) {
    pen.fillStyle = token('answer');
    pen.fillRect(21.5 * unit, 14, 1.5, 56);
    return;
  }
  round(pen, 13 * unit - 3, 20, 8 * unit + 6, 45, 4);
  pen.strokeStyle = token('c-violet');
  pen.lineWidth = 1.5;
  pen.stroke();
}

function drawVoice({ pen, width, height, token, wash }: Easel): void {
  pen.clearRect(0, 0, width, height);
  const bars = Math.floor(width / 4);
  for (let i = 0; i < bars; i += 1) {
    const at = i / bars;
    const swell = Math.abs(Math.sin(at * 7.3)) * 0.6 + Math.abs(Math.sin(at * 41)) * 0.4;
    const tall = swell * height * 0.74 + 3;
    round(pen, i * 4 + 1, (height - tall) / 2, 2.2, tall, 1.1);
    pen.fillStyle = at < 0.42 ? token('answer') : wash('answer-glow', 0.45);
    pen.fill();
  }
  pen.fillStyle = token('playhead');
  pen.fillRect(width * 0.42, 0, 1.5, height);
}

function playhead(
  pen: CanvasRenderingContext2D, x: number, top: number, height: number, color: string,
): void {
  pen.fillStyle = color;
  pen.fillRect(x, top, 1.5, height);
  pen.beginPath();
  pen.moveTo(x - 5, top - 4);
  pen.lineTo(x + 6.5, top - 4);
  pen.lineTo(x + 0.75, top + 4);
  pen.closePath();
  pen.fill();
}

function round(
  pen: CanvasRenderingContext2D, x: number, y: number, wide: number, tall: number, corner: number,
): void {
  pen.beginPath();
  pen.roundRect(x, y, Math.max(1, wide), Math.max(1, tall), Math.min(corner, tall / 2));
}
