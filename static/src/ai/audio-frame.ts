/** Sound of a preview as it comes over the suggestion socket, little-endian PCM16. */

const VERSION = 1;
const HEADER_BYTES = 16;
const LAST = 1;
const FULL_SCALE = 32768;

export interface AudioFrame {
  readonly stream: number;
  readonly sequence: number;
  readonly last: boolean;
  readonly channels: number;
  readonly sampleRate: number;
  /** Interleaved when there is more than one channel; -1 to 1. */
  readonly pcm: Float32Array<ArrayBuffer>;
}

/** The frame in `data`; null when it is none that we know. */
export function readAudioFrame(data: Uint8Array): AudioFrame | null {
  if (data.length < HEADER_BYTES || data[0] !== VERSION) return null;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const samples = (data.length - HEADER_BYTES) >> 1;
  const pcm = new Float32Array(samples);
  for (let index = 0; index < samples; index += 1) {
    pcm[index] = view.getInt16(HEADER_BYTES + 2 * index, true) / FULL_SCALE;
  }
  return {
    last: (view.getUint8(1) & LAST) !== 0,
    channels: view.getUint16(2, true),
    stream: view.getUint32(4, true),
    sequence: view.getUint32(8, true),
    sampleRate: view.getUint32(12, true),
    pcm,
  };
}
