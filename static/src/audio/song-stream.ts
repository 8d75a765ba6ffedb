/** Rendered sound that belongs to a place in the song, growing while it is played. */

const FIRST_FRAMES = 48_000;
/** Rendered voices arrive near full scale, instruments well below: this sets them side by side. */
const BALANCE = 0.4;

export class SongStream {
  private samples = new Float32Array(FIRST_FRAMES);
  private length = 0;

  /** `start` is the song frame of the first sample. */
  constructor(readonly start: number) {}

  append(chunk: Float32Array): void {
    const needed = this.length + chunk.length;
    if (needed > this.samples.length) {
      const grown = new Float32Array(Math.max(needed, this.samples.length * 2));
      grown.set(this.samples.subarray(0, this.length));
      this.samples = grown;
    }
    this.samples.set(chunk, this.length);
    this.length = needed;
  }

  /** Adds what sounds from song frame `frame` on to both sides; `level` moves by `slope`. */
  mix(
    left: Float32Array,
    right: Float32Array,
    at: number,
    count: number,
    frame: number,
    level: number,
    slope: number,
  ): void {
    const offset = frame - this.start;
    for (let i = Math.max(0, -offset); i < count; i += 1) {
      const index = offset + i;
      if (index >= this.length) return;
      const gain = Math.min(1, Math.max(0, level + slope * i));
      const sample = (this.samples[index] ?? 0) * gain * BALANCE;
      left[at + i] = (left[at + i] ?? 0) + sample;
      right[at + i] = (right[at + i] ?? 0) + sample;
    }
  }
}
