/**
 * Streaming sample-rate conversion by windowed-sinc interpolation
 * (J. O. Smith, "Digital Audio Resampling": Hann window, 16 zero crossings).
 */

const CROSSINGS = 16;

export class Resampler {
  private history: Float32Array = new Float32Array(CROSSINGS);
  private position = CROSSINGS;
  private readonly step: number;
  private readonly cutoff: number;

  constructor(from: number, to: number) {
    this.step = from / to;
    this.cutoff = Math.min(1, to / from);
  }

  /** Converts the next samples; keeps what it needs for the following call. */
  push(samples: Float32Array): Float32Array {
    if (this.step === 1) return samples;
    const input = new Float32Array(this.history.length + samples.length);
    input.set(this.history);
    input.set(samples, this.history.length);
    const output: number[] = [];
    const last = input.length - CROSSINGS;
    while (this.position < last) {
      output.push(this.at(input, this.position));
      this.position += this.step;
    }
    const kept = Math.max(0, Math.floor(this.position) - CROSSINGS);
    this.history = input.slice(kept);
    this.position -= kept;
    return Float32Array.from(output);
  }

  /** The samples still inside the filter, after the last `push`. */
  end(): Float32Array {
    return this.push(new Float32Array(CROSSINGS));
  }

  private at(input: Float32Array, position: number): number {
    const centre = Math.floor(position);
    let sum = 0;
    for (let i = centre - CROSSINGS + 1; i <= centre + CROSSINGS; i += 1) {
      const distance = position - i;
      const phase = Math.PI * distance * this.cutoff;
      const sinc = phase === 0 ? 1 : Math.sin(phase) / phase;
      const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / CROSSINGS);
      sum += (input[i] ?? 0) * sinc * window * this.cutoff;
    }
    return sum;
  }
}
