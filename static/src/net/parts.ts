/** Long messages travel in parts: cut on one side, put together on the other. */

import { FrameError, partFrame, type Bytes, type PartFrame } from './frames';

/** Bytes of one part; also the length from which a frame is cut. */
export const PART_BYTES = 512 * 1024;

/** `frame` as the messages to send: itself, or its parts under the number `id`. */
export function inParts(frame: Bytes, id: number): Bytes[] {
  if (frame.length <= PART_BYTES) return [frame];
  const count = Math.ceil(frame.length / PART_BYTES);
  return Array.from({ length: count }, (_, index) => {
    const payload = frame.subarray(index * PART_BYTES, (index + 1) * PART_BYTES);
    return partFrame({ id, index, count, payload });
  });
}

/** Collects parts, which come in order, one message at a time. */
export class Assembly {
  private id = -1;
  private parts: Uint8Array[] = [];
  private bytes = 0;

  /** The whole frame once its last part is there, else null. */
  add({ id, index, count, payload }: PartFrame): Uint8Array | null {
    if (index === 0) this.begin(id);
    this.bytes += payload.length;
    if (id !== this.id || index !== this.parts.length || index >= count) {
      throw new FrameError('parts of a message are out of order');
    }
    this.parts.push(payload);
    if (this.parts.length < count) return null;
    const whole = new Uint8Array(this.bytes);
    let offset = 0;
    for (const part of this.parts) {
      whole.set(part, offset);
      offset += part.length;
    }
    this.begin(-1);
    return whole;
  }

  private begin(id: number): void {
    this.id = id;
    this.parts = [];
    this.bytes = 0;
  }
}
