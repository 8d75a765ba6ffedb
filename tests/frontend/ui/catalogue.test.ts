import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

import { fill, isKey, language, phrase, speak, t } from '../../../static/src/i18n/catalogue';
import { en } from '../../../static/src/i18n/en';
import {
  FAMILIES_ZH, KITS_ZH, PROGRAMS_ZH,
} from '../../../static/src/i18n/instruments';
import { zh } from '../../../static/src/i18n/zh';
import {
  DRUM_KITS, PROGRAM_FAMILIES, PROGRAM_NAMES,
} from '../../../static/src/music/general-midi';

const ROOT = join(import.meta.dirname, '..', '..', '..');

function sources(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending) && !name.startsWith('i18n'))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8'));
}

const FRONT = sources('static/src', '.ts');
const BACK = ['editor', 'generation', 'collaboration'].flatMap((app) => sources(app, '.py'));

function quoted(word: string, texts: readonly string[]): boolean {
  return texts.some((text) => text.includes(`'${word}'`) || text.includes(`"${word}"`));
}

/** Keys whose last part is a name from elsewhere: where that name must stand. */
const FAMILIES: readonly (readonly [string, readonly string[]])[] = [
  ['problem.', [...BACK, ...FRONT]],
  ['gesture.track.', FRONT],
  ['kind.', FRONT],
  ['voice.', FRONT],
  ['roll.drum.', FRONT],
  ['roll.drumShort.', FRONT],
];

function holes(text: string): string[] {
  return [...text.matchAll(/\{([^{}|]+)/g)].map((match) => match[1] ?? '').sort();
}

afterEach(() => { speak('en'); });

describe('the catalogue', () => {
  it('has the same keys in both languages, in the same sections', () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  });

  it('has the same parameters in both languages', () => {
    for (const key of Object.keys(en)) {
      if (!isKey(key)) throw new Error(key);
      expect([key, ...new Set(holes(zh[key]))]).toEqual([key, ...new Set(holes(en[key]))]);
    }
  });

  it('says nothing twice empty, and nothing with an exclamation mark', () => {
    for (const [key, text] of [...Object.entries(en), ...Object.entries(zh)]) {
      expect(text.trim(), key).not.toBe('');
      expect(text, key).not.toMatch(/[!！]/);
    }
  });

  it('has no key that nobody uses', () => {
    const unused = Object.keys(en).filter((key) => {
      const family = FAMILIES.find(([prefix]) => key.startsWith(prefix));
      return !(family !== undefined && quoted(key.slice(family[0].length), family[1]))
        && !quoted(key, FRONT);
    });
    expect(unused).toEqual([]);
  });

  it('lacks no key that somebody uses', () => {
    const areas = new Set(Object.keys(en).map((key) => key.slice(0, key.indexOf('.'))));
    const missing = FRONT.flatMap((text) =>
      [...text.matchAll(/\bt\(\s*'([\w.]+)'/g)].map((match) => match[1] ?? ''),
    ).filter((key) => !isKey(key));
    const labels = FRONT.flatMap((text) =>
      [...text.matchAll(/label(?:Key)?: '([a-z]+\.[\w.]+)'/g)].map((match) => match[1] ?? ''),
    ).filter((key) => areas.has(key.slice(0, key.indexOf('.'))) && !isKey(key));
    expect([...missing, ...labels]).toEqual([]);
  });

  it('names every error code of the server that people can meet', () => {
    const codes = BACK.flatMap((text) =>
      [...text.matchAll(/\b(?:Refused|NotThere|NoRight|Gone|Full|Unfit|EngineError)\(\s*"(\w+)"/g)]
        .map((match) => match[1] ?? ''),
    );
    expect(codes.length).toBeGreaterThan(20);
    const silent = [...new Set(codes)].filter((code) => !isKey(`problem.${code}`));
    // What a page of ours never sends, so that only other clients hear of it.
    const foreign = new Set(['color_unfit', 'name_unfit', 'role_unfit', 'expiry_unfit',
      'member_unknown']);
    expect(silent.filter((code) => !foreign.has(code))).toEqual([]);
  });
});

describe('instruments in Chinese', () => {
  it('are as many as the English ones', () => {
    expect(PROGRAMS_ZH).toHaveLength(PROGRAM_NAMES.length);
    expect(FAMILIES_ZH).toHaveLength(PROGRAM_FAMILIES.length);
    expect([...KITS_ZH.keys()]).toEqual([...DRUM_KITS.keys()]);
    expect(new Set(PROGRAMS_ZH).size).toBe(PROGRAM_NAMES.length);
  });
});

describe('a text', () => {
  it('takes its parameters and picks words by number', () => {
    expect(fill('{n} {n|note|notes} in {bars}', { n: 1, bars: 'bar 3' })).toBe('1 note in bar 3');
    expect(fill('{n} {n|note|notes}', { n: 0 })).toBe('0 notes');
    expect(fill('{n} {n|note|notes}', { n: 12 })).toBe('12 notes');
  });

  it('shows a hole that nobody filled, so that it is seen', () => {
    expect(fill('{left} of {total}', { left: 2 })).toBe('2 of {total}');
  });

  it('changes with the language, also on the page', () => {
    expect(t('common.close')).toBe('Close');
    speak('zh');
    expect(language.value).toBe('zh');
    expect(t('common.close')).toBe('关闭');
    expect(document.documentElement.lang).toBe('zh-Hans');
  });

  it('of an unknown key is what the caller gives', () => {
    expect(phrase('gesture.move')).toBe('Move notes');
    expect(phrase('problem.never', {}, 'The server says so.')).toBe('The server says so.');
  });
});
