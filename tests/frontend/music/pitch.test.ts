import { describe, expect, it } from 'vitest';
import {
  DRUM_NAMES,
  drumName,
  instrumentName,
  PROGRAM_FAMILIES,
  PROGRAM_NAMES,
} from '../../../static/src/music/general-midi';
import { newId } from '../../../static/src/music/ids';
import { isBlackKey, pitchName } from '../../../static/src/music/pitch';
import { keyAt, keyClasses, tonicName, tonicOf } from '../../../static/src/music/scale';

describe('pitches', () => {
  it('are named from middle C, spelled as their key', () => {
    expect(pitchName(60)).toBe('C4');
    expect(pitchName(0)).toBe('C-1');
    expect(pitchName(61)).toBe('C♯4');
    expect(pitchName(61, -3)).toBe('D♭4');
    expect([60, 61, 62, 63, 64, 65].filter(isBlackKey)).toEqual([61, 63]);
  });

  it('make keys', () => {
    expect(tonicName({ fifths: -3, mode: 'major' })).toBe('E♭');
    expect(tonicName({ fifths: -3, mode: 'minor' })).toBe('C');
    expect(tonicName({ fifths: -7, mode: 'major' })).toBe('C♭');
    expect(tonicName({ fifths: 7, mode: 'major' })).toBe('C♯');
    expect(tonicName({ fifths: 7, mode: 'minor' })).toBe('A♯');
    expect(tonicName({ fifths: 6, mode: 'minor' })).toBe('D♯');
    expect(tonicName({ fifths: -2, mode: 'major' })).toBe('B♭');
    expect(tonicName({ fifths: -1, mode: 'major' })).toBe('F');
    expect(tonicOf({ fifths: 7, mode: 'major' })).toBe(1);
    expect([...keyClasses({ fifths: 1, mode: 'major' })].sort((a, b) => a - b)).toEqual([
      0, 2, 4, 6, 7, 9, 11,
    ]);
    const keys = [
      { tick: 0, fifths: 0, mode: 'major' as const },
      { tick: 960, fifths: 2, mode: 'minor' as const },
    ];
    expect(keyAt(keys, 959)?.fifths).toBe(0);
    expect(keyAt(keys, 960)?.fifths).toBe(2);
    expect(keyAt([], 10)).toBeNull();
  });
});

describe('General MIDI', () => {
  it('names 128 programs in 16 families, and the drums', () => {
    expect(PROGRAM_FAMILIES.map(({ programs }) => programs.length)).toEqual(Array(16).fill(8));
    expect(new Set(PROGRAM_NAMES).size).toBe(128);
    expect(PROGRAM_NAMES[73]).toBe('Flute');
    expect(PROGRAM_NAMES[56]).toBe('Trumpet');
    expect(DRUM_NAMES).toHaveLength(47);
    expect(drumName(38)).toBe('Acoustic snare');
    expect(drumName(81)).toBe('Open triangle');
    expect(drumName(20)).toBe('');
    expect(instrumentName(0, true)).toBe('Standard kit');
    expect(instrumentName(99, true)).toBe('Standard kit');
  });
});

describe('ids', () => {
  it('are base62 of the length asked for, and differ', () => {
    const ids = Array.from({ length: 500 }, () => newId(10));
    expect(ids.every((id) => /^[0-9A-Za-z]{10}$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(500);
  });
});
