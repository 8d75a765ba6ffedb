/** Keeps a desk's position at the playhead: each frame while it plays, else when it moves. */
import { effect } from '@preact/signals-core';

import type { Desk } from './desk';

export function bindClock(desk: Desk): () => void {
  let frame = 0;
  const tick = (): void => {
    desk.position.value = desk.player.positionNow();
    frame = desk.player.playing.peek() ? requestAnimationFrame(tick) : 0;
  };
  const stopPlaying = effect(() => {
    if (desk.player.playing.value && frame === 0) frame = requestAnimationFrame(tick);
  });
  const stopParked = effect(() => {
    desk.position.value = desk.player.parked.value;
  });
  return () => {
    cancelAnimationFrame(frame);
    stopPlaying();
    stopParked();
  };
}
