/**
 * The words that people see. One catalogue per language; `en` fixes the keys and their
 * parameters, `zh` must have the same ones.
 *
 * `{name}` stands for a parameter, `{n|note|notes}` for a word that follows the number `n`.
 * `t` reads the language signal, so whatever renders with it renders again after a switch.
 */
import { signal } from '@preact/signals-core';
import { en } from './en';
import { zh } from './zh';

export type Key = keyof typeof en;
export type Language = 'en' | 'zh';
export const LANGUAGES: readonly Language[] = ['en', 'zh'];

type Hole<S extends string> = S extends `${string}{${infer Inner}}${infer Rest}`
  ? (Inner extends `${infer Name}|${string}` ? Name : Inner) | Hole<Rest>
  : never;
export type Params<K extends Key> = Readonly<Record<Hole<(typeof en)[K]>, string | number>>;
/** Keys of texts without parameters: what labels are. */
export type PlainKey = {
  [K in Key]: [Hole<(typeof en)[K]>] extends [never] ? K : never;
}[Key];
export type LooseParams = Readonly<Record<string, string | number>>;
type Arguments<K extends Key> = [Hole<(typeof en)[K]>] extends [never] ? [] : [Params<K>];

const CATALOGUES: Readonly<Record<Language, Readonly<Record<Key, string>>>> = { en, zh };
const STORED = 'antiphon.lang';

/** The language of the page; write it through `speak`. */
export const language = signal<Language>(firstLanguage());

function firstLanguage(): Language {
  const chosen = stored();
  if (chosen !== null) return chosen;
  const asked = typeof navigator === 'undefined' ? [] : navigator.languages;
  for (const tag of asked) {
    if (tag.startsWith('zh')) return 'zh';
    if (tag.startsWith('en')) return 'en';
  }
  return 'en';
}

function stored(): Language | null {
  try {
    const value = localStorage.getItem(STORED);
    return value === 'en' || value === 'zh' ? value : null;
  } catch {
    return null; // storage is blocked or absent: the choice lasts as long as the page
  }
}

/** Switches the language here and remembers it for the next page. */
export function speak(next: Language): void {
  language.value = next;
  document.documentElement.lang = htmlLang(next);
  try {
    localStorage.setItem(STORED, next);
  } catch {
    return; // as above
  }
}

/** The BCP 47 tag for `<html lang>`. */
export function htmlLang(value: Language): string {
  return value === 'zh' ? 'zh-Hans' : 'en';
}

/** The text of a key in the current language. */
export function t<K extends Key>(key: K, ...args: Arguments<K>): string {
  return fill(CATALOGUES[language.value][key], args[0] ?? {});
}

/** Is this string, which came from elsewhere (a gesture, the server), a key? */
export function isKey(text: string): text is Key {
  return Object.hasOwn(en, text);
}

/** The text of a key known only at run time; `otherwise` when the catalogue lacks it. */
export function phrase(key: string, params: LooseParams = {}, otherwise = key): string {
  return isKey(key) ? fill(CATALOGUES[language.value][key], params) : otherwise;
}

/** Puts parameters into a template; exported for the tests. */
export function fill(template: string, params: LooseParams): string {
  return template.replace(/\{([^{}]+)\}/g, (hole, inner: string) => {
    const [name = '', one, many] = inner.split('|');
    const value = params[name];
    if (value === undefined) return hole;
    if (one === undefined) return String(value);
    return Number(value) === 1 ? one : (many ?? one);
  });
}
