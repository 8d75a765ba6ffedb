import { afterEach, describe, expect, it } from 'vitest';

import { LANGUAGES, speak } from '../../../static/src/i18n/catalogue';
import { DRUM_NAMES } from '../../../static/src/roll/drum-rows';
import { drumLabel, fittingLabel } from '../../../static/src/roll/paint/keys';

const HIGH_TOM = 50;
/** As wide as a broad sans serif at 9 pixels; signs of Chinese are square. */
const width = (text: string): number =>
  Array.from(text).reduce((sum, sign) => sum + (sign > '\u2e80' ? 9 : 5.2), 0);

afterEach(() => { speak('en'); });

describe('the name of a drum in its column', () => {
  it('is whole where it has room, else short, else its number', () => {
    expect(fittingLabel(HIGH_TOM, 47, width)).toBe('High tom');
    expect(fittingLabel(HIGH_TOM, 29, width)).toBe('Hi tom');
    expect(fittingLabel(36, 1, width)).toBe('Kick');
    expect(fittingLabel(90, 1, width)).toBe('90');
  });

  it('can be read at every width of the column, in each language', () => {
    for (const language of LANGUAGES) {
      speak(language);
      for (const column of [46, 36]) {
        const room = column - 7;
        const squeezed = DRUM_NAMES.map((_, i) => fittingLabel(35 + i, room, width))
          .filter((label) => width(label) * 0.75 > room);
        expect([language, column, ...squeezed]).toEqual([language, column]);
      }
    }
  });

  it('stays whole in words: the status line has room', () => {
    expect(drumLabel(HIGH_TOM)).toBe('High tom');
  });
});
