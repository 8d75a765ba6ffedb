/** Where the song stands at a frame of the audio clock. */

import type { LoopFrames } from './messages';

/** Answers song frames for context frames, from the moment at which the worklet really started. */
export class Playhead {
  private contextFrame = 0;
  private songFrame = 0;

  start(contextFrame: number, songFrame: number): void {
    this.contextFrame = contextFrame;
    this.songFrame = songFrame;
  }

  /** Never before the start; round the loop for a position that began in or before it. */
  at(contextFrame: number, loop: LoopFrames | null): number {
    const frame = this.songFrame + Math.max(0, contextFrame - this.contextFrame);
    if (loop === null || this.songFrame > loop.end || frame < loop.end) return frame;
    return loop.start + ((frame - loop.end) % (loop.end - loop.start));
  }
}
