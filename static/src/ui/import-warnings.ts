/** What an import had to leave out, on its way to the page that opens the score. */

const STORED = 'antiphon.warnings';

export function leaveWarnings(warnings: readonly string[]): void {
  if (warnings.length > 0) sessionStorage.setItem(STORED, JSON.stringify(warnings));
}

/** Read once. */
export function takeWarnings(): readonly string[] {
  const text = sessionStorage.getItem(STORED);
  sessionStorage.removeItem(STORED);
  // Written by `leaveWarnings` of this very page, so its shape is known.
  return text === null ? [] : (JSON.parse(text) as string[]);
}
