/** Errors as people read them. */
import { phrase, t } from '../i18n/catalogue';
import { ApiError } from '../net/api';

/** What happened, in the page's words where the code is known, else in the server's. */
export function problemText(error: unknown): string {
  if (error instanceof ApiError) return phrase(`problem.${error.code}`, {}, error.text);
  return t('problem.unknown');
}
