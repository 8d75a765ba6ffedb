/** Key combinations as text: `Mod+Shift+Z`. Mod is ⌘ on Apple machines and Ctrl elsewhere. */
import { onApple, partsOf } from '../../i18n/spelling';

const NAMED: Readonly<Record<string, string>> = {
  Space: ' ', Del: 'Delete', Esc: 'Escape', Up: 'ArrowUp', Down: 'ArrowDown',
  Left: 'ArrowLeft', Right: 'ArrowRight',
};

/** Does a key press match a combination? Letters match by meaning, digits also by place. */
export function matches(event: KeyboardEvent, combination: string, apple = onApple()): boolean {
  const parts = partsOf(combination);
  const key = parts.at(-1) ?? '';
  const has = (name: string): boolean => parts.slice(0, -1).includes(name);
  const mod = apple ? event.metaKey : event.ctrlKey;
  const other = apple ? event.ctrlKey : event.metaKey;
  if (mod !== has('Mod') || other || event.altKey !== has('Alt')) return false;
  const wanted = NAMED[key] ?? key;
  // A sign such as "?" needs Shift on some layouts and not on others: the sign itself decides.
  const sign = wanted.length === 1 && wanted.toLowerCase() === wanted.toUpperCase() && key !== 'Space';
  if (sign && !/\d/.test(wanted)) return event.key === wanted;
  if (event.shiftKey !== has('Shift')) return false;
  if (/^\d$/.test(wanted)) return event.code === `Digit${wanted}` || event.key === wanted;
  return event.key.toLowerCase() === wanted.toLowerCase();
}

/** Does this press belong to a control that takes text or has keys of its own? */
export function belongsToControl(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('dialog[open]') !== null) return true;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  if (target instanceof HTMLInputElement) return target.type !== 'button';
  if (target.closest('[role="menu"], [role="listbox"], [role="slider"]') !== null) return true;
  return false;
}

/** Is the press one that a focused button or link answers itself? */
export function pressesControl(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof Element) || (event.key !== ' ' && event.key !== 'Enter')) return false;
  return target.closest('button, a[href], summary') !== null;
}
