/** Light or dark: the system's, until the person presses the sun. */
import { signal } from '@preact/signals-core';

export type Theme = 'light' | 'dark';
const STORED = 'antiphon.theme';

export const theme = signal<Theme>(
  document.documentElement.dataset['theme'] === 'light' ? 'light' : 'dark',
);

/** Shows a theme and remembers it for the next page. */
export function wear(next: Theme): void {
  theme.value = next;
  document.documentElement.dataset['theme'] = next;
  try {
    localStorage.setItem(STORED, next);
  } catch {
    return; // storage is blocked: the choice lasts as long as the page
  }
}

export function turnTheme(): void {
  wear(theme.peek() === 'dark' ? 'light' : 'dark');
}
