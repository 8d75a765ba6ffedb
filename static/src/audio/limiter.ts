/**
 * The last stage: nothing leaves above the ceiling.
 *
 * Peak follower with instant attack and exponential release (Zölzer, DAFX, 2nd ed., ch. 4.2.2);
 * instant attack costs no latency, so that onsets stay on their frame.
 */

const CEILING = 0.97;
const RELEASE_SECONDS = 0.12;

export class Limiter {
  private envelope = 0;
  private readonly release: number;

  constructor(rate: number) {
    this.release = Math.exp(-1 / (RELEASE_SECONDS * rate));
  }

  /** Limits both sides in place; answers the greatest absolute sample that leaves. */
  process(left: Float32Array, right: Float32Array, count: number): number {
    let loudest = 0;
    for (let i = 0; i < count; i += 1) {
      const l = left[i] ?? 0;
      const r = right[i] ?? 0;
      const peak = Math.max(Math.abs(l), Math.abs(r));
      this.envelope = Math.max(peak, this.envelope * this.release);
      const gain = this.envelope > CEILING ? CEILING / this.envelope : 1;
      left[i] = l * gain;
      right[i] = r * gain;
      loudest = Math.max(loudest, peak * gain);
    }
    return loudest;
  }
}
