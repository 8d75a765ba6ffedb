/** Errors as people read them. */
import { language, phrase, t } from '../i18n/catalogue';
import { ApiError } from '../net/api';

/**
 * What the server said, in the page's language. Its own English names the case at hand, so it is
 * kept where it fits; a code without words of ours is better said in English than not at all.
 */
export function spoken(code: string, text: string): string {
  if (language.value === 'en' && text !== '') return text;
  return phrase(`problem.${code}`, {}, text === '' ? t('problem.unknown') : text);
}

/** What went wrong with a call. */
export function problemText(error: unknown): string {
  if (error instanceof ApiError) return spoken(error.code, error.text);
  return t('problem.unknown');
}
