/** One channel's part of the song: where its cursor stands, what sounds, what must be caught up. */

import {
  BEND,
  CONTROL,
  data1Of,
  data2Of,
  firstFrom,
  message,
  NO_EVENTS,
  NOTE_OFF,
  NOTE_ON,
  PRESSURE,
  statusOf,
  type EventList,
} from './events';

/** Controllers and what they are worth before a track says otherwise. */
const RESTING: readonly (readonly [number, number])[] = [
  [1, 0],
  [11, 127],
  [64, 0],
  [65, 0],
  [66, 0],
  [67, 0],
];

export class ChannelSong {
  list: EventList = NO_EVENTS;
  cursor = 0;
  /** Velocity of each sounding pitch that the song began, 0 where silent. */
  readonly sounding = new Uint8Array(128);
  private used = new Set<number>();

  /** Takes new events while the song may be running at `frame`; says which pitches must end. */
  replace(list: EventList, frame: number): number[] {
    this.list = list;
    this.used = new Set();
    for (const packed of list.messages) {
      const status = statusOf(packed);
      if (status !== NOTE_ON && status !== NOTE_OFF) this.used.add(controllerKey(packed));
    }
    return this.relocate(frame);
  }

  /** Moves the cursor to `frame`; answers the sounding pitches that no note-off there will end. */
  relocate(frame: number): number[] {
    this.cursor = firstFrom(this.list, frame);
    const open = new Set<number>();
    this.sounding.forEach((velocity, pitch) => {
      if (velocity > 0) open.add(pitch);
    });
    const orphans: number[] = [];
    for (let i = this.cursor; open.size > 0 && i < this.list.messages.length; i += 1) {
      const packed = this.list.messages[i] ?? 0;
      const status = statusOf(packed);
      if (status !== NOTE_ON && status !== NOTE_OFF) continue;
      if (open.delete(data1Of(packed)) && status === NOTE_ON) orphans.push(data1Of(packed));
    }
    return [...orphans, ...open];
  }

  /**
   * What a listener who starts at `frame` has missed: the last value of every controller that the
   * track uses (its resting value where none was set yet), then the notes that already sound.
   */
  chase(frame: number): number[] {
    const values = new Map<number, number>();
    for (const [controller, value] of RESTING) {
      const packed = message(CONTROL, controller, value);
      if (this.used.has(controllerKey(packed))) values.set(controllerKey(packed), packed);
    }
    if (this.used.has(BEND)) values.set(BEND, message(BEND, 0, 64));
    if (this.used.has(PRESSURE)) values.set(PRESSURE, message(PRESSURE, 0, 0));
    const notes = new Int32Array(128);
    const end = firstFrom(this.list, frame);
    for (let i = 0; i < end; i += 1) {
      const packed = this.list.messages[i] ?? 0;
      const status = statusOf(packed);
      if (status === NOTE_ON) notes[data1Of(packed)] = packed;
      else if (status === NOTE_OFF) notes[data1Of(packed)] = 0;
      else values.set(controllerKey(packed), packed);
    }
    // A note that ends on this very frame is over.
    for (let i = end; this.list.frames[i] === frame; i += 1) {
      const packed = this.list.messages[i] ?? 0;
      if (statusOf(packed) === NOTE_OFF) notes[data1Of(packed)] = 0;
    }
    this.cursor = end;
    return [...values.values(), ...notes.filter((packed) => packed !== 0)];
  }

  /** The frame of the next event, Infinity after the last. */
  get next(): number {
    return this.list.frames[this.cursor] ?? Infinity;
  }

  note(packed: number): void {
    const status = statusOf(packed);
    if (status === NOTE_ON) this.sounding[data1Of(packed)] = data2Of(packed);
    else if (status === NOTE_OFF) this.sounding[data1Of(packed)] = 0;
  }
}

/** Controllers are told apart by number, bend and pressure by their status alone. */
function controllerKey(packed: number): number {
  const status = statusOf(packed);
  return status === CONTROL ? CONTROL | (data1Of(packed) << 8) : status;
}
