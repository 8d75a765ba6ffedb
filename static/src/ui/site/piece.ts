/** The little piece that the landing page draws: a call of four bars, and two answers to it. */

/** Start and length in sixteenths, pitch, velocity. */
export type Stroke = readonly [start: number, length: number, pitch: number, velocity: number];

type Written = readonly [number, number, number, number];

function bar(number: number, notes: readonly Written[]): Stroke[] {
  return notes.map(([start, length, pitch, velocity]) => [
    (number - 1) * 16 + start, length, pitch, velocity,
  ]);
}

export const CALL: readonly Stroke[] = [
  ...bar(1, [[2, 2, 69, 74], [4, 4, 74, 92], [8, 2, 76, 84], [10, 4, 77, 100], [14, 2, 76, 80]]),
  ...bar(2, [[0, 6, 74, 90], [6, 2, 72, 72], [8, 4, 69, 84], [12, 2, 70, 78], [14, 2, 72, 86]]),
  ...bar(3, [[0, 4, 74, 92], [4, 2, 77, 84], [6, 4, 79, 108], [10, 2, 77, 88], [12, 2, 74, 76],
    [14, 2, 70, 70]]),
  ...bar(4, [[0, 6, 73, 96], [6, 2, 76, 82], [8, 6, 69, 78]]),
];

export const ANSWER_A: readonly Stroke[] = [
  ...bar(5, [[2, 2, 72, 70], [4, 4, 77, 86], [8, 2, 79, 84], [10, 4, 81, 104], [14, 2, 79, 80]]),
  ...bar(6, [[0, 4, 79, 94], [4, 2, 76, 76], [6, 4, 72, 82], [10, 2, 74, 78], [12, 4, 76, 92]]),
  ...bar(7, [[0, 3, 77, 90], [3, 1, 74, 64], [4, 4, 70, 80], [8, 2, 72, 82]]),
];

export const ANSWER_B: readonly Stroke[] = [
  ...bar(5, [[0, 6, 69, 72], [6, 2, 72, 66], [8, 6, 69, 76], [14, 2, 67, 64]]),
  ...bar(6, [[0, 8, 67, 78], [8, 3, 64, 60]]),
];

/** The sixteenth up to which answer A has been written. */
export const FRONT = 6 * 16 + 10.4;

const VOICINGS = [
  [57, 60, 64, 65], [57, 60, 62, 65], [58, 62, 65], [57, 62, 64],
  [57, 60, 64], [55, 60, 64], [57, 62, 65], [55, 61, 64],
];

export const PIANO: readonly Stroke[] = VOICINGS.flatMap((voicing, index) => {
  const held = voicing.slice(0, -2).map((pitch): Stroke => [index * 16, 16, pitch, 72]);
  const beats = index % 2 === 1 ? [[2, 4], [8, 2], [12, 4]] : [[2, 4], [6, 5], [13, 3]];
  const struck = beats.flatMap(([start = 0, length = 4], i) =>
    voicing.slice(-2).map((pitch): Stroke => [index * 16 + start, length, pitch, 96 - i * 14]),
  );
  return [...held, ...struck];
});

const BASS_LINE = [
  [38, 45, 50, 48, 45], [46, 41, 46, 45, 41], [43, 50, 43, 46, 43], [45, 40, 45, 49, 45],
  [41, 48, 41, 45, 41], [40, 48, 43, 48, 40], [46, 41, 46, 50, 46], [45, 40, 45, 49, 45],
];
const BASS_RHYTHM = [[0, 6, 96], [6, 2, 70], [8, 4, 90], [12, 2, 78], [14, 2, 74]];

export const BASS: readonly Stroke[] = BASS_LINE.flatMap((pitches, index) =>
  BASS_RHYTHM.map(([start = 0, length = 2, velocity = 80], i): Stroke => [
    index * 16 + start, length, pitches[i] ?? 45, velocity,
  ]),
);
