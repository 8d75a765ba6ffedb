/** From notes and controller points in seconds to a track's event list in frames. */

import {
  BEND,
  CONTROL,
  message,
  NOTE_OFF,
  NOTE_ON,
  ordered,
  PRESSURE,
  type EventList,
} from './events';

/** Pitch, onset and length in seconds, velocity. */
export type TimedNote = readonly [pitch: number, start: number, duration: number, velocity: number];

/** Controller name (`cc64`, `bend`, `pressure`), seconds, value as the document stores it. */
export type TimedPoint = readonly [controller: string, seconds: number, value: number];

const BEND_CENTRE = 8192;

/** The packed message of one controller value; null for a controller that makes no sound. */
export function controllerMessage(controller: string, value: number): number | null {
  if (controller === 'bend') {
    const bend = Math.min(16_383, Math.max(0, value + BEND_CENTRE));
    return message(BEND, bend & 0x7f, bend >> 7);
  }
  if (controller === 'pressure') return message(PRESSURE, value, 0);
  const number = Number(controller.slice(2));
  // Bank select and the mode messages would change the instrument or silence the channel.
  if (number === 0 || number === 32 || number >= 120) return null;
  return message(CONTROL, number, value);
}

export function eventsOf(
  notes: Iterable<TimedNote>,
  points: Iterable<TimedPoint>,
  rate: number,
): EventList {
  const frames: number[] = [];
  const messages: number[] = [];
  for (const [pitch, start, duration, velocity] of notes) {
    const on = Math.round(start * rate);
    const off = Math.max(on + 1, Math.round((start + duration) * rate));
    frames.push(on, off);
    messages.push(message(NOTE_ON, pitch, velocity), message(NOTE_OFF, pitch, 0));
  }
  for (const [controller, seconds, value] of points) {
    const packed = controllerMessage(controller, value);
    if (packed === null) continue;
    frames.push(Math.round(seconds * rate));
    messages.push(packed);
  }
  return ordered(frames, messages);
}
