/** Places a popover beside its button and moves the focus through its options by keys. */

const GAP = 4;
const MARGIN = 8;

/** Puts an open popover under its anchor, or over it where there is no room below. */
export function placeBeside(popup: HTMLElement, anchor: HTMLElement): void {
  const button = anchor.getBoundingClientRect();
  const box = popup.getBoundingClientRect();
  const left = Math.min(button.left, innerWidth - box.width - MARGIN);
  const below = button.bottom + GAP;
  const fits = below + box.height <= innerHeight - MARGIN;
  const top = fits ? below : Math.max(MARGIN, button.top - GAP - box.height);
  popup.style.left = `${Math.max(MARGIN, left)}px`;
  popup.style.top = `${Math.min(top, innerHeight - box.height - MARGIN)}px`;
}

/** Arrows, Home, End and first letters over a list of options; true when the key was used. */
export function roveByKey(event: KeyboardEvent, options: readonly HTMLElement[]): boolean {
  if (options.length === 0 || event.ctrlKey || event.metaKey || event.altKey) return false;
  const at = options.findIndex((option) => option === document.activeElement);
  const next = destination(event.key, at, options);
  if (next === undefined) return false;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
  return true;
}

function destination(
  key: string,
  at: number,
  options: readonly HTMLElement[],
): HTMLElement | undefined {
  if (key === 'ArrowDown') return options[(at + 1) % options.length];
  if (key === 'ArrowUp') return options.at(at <= 0 ? -1 : at - 1);
  if (key === 'Home') return options[0];
  if (key === 'End') return options.at(-1);
  if (key.length !== 1 || key === ' ') return undefined;
  const wanted = key.toLowerCase();
  const order = [...options.slice(at + 1), ...options.slice(0, at + 1)];
  return order.find((option) => option.textContent.trim().toLowerCase().startsWith(wanted));
}
