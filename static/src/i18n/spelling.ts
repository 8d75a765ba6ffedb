/** How key combinations are written for people: `⌘Z` on Apple machines, `Ctrl+Z` elsewhere. */

const SIGNS: Readonly<Record<string, string>> = {
  Up: '↑', Down: '↓', Left: '←', Right: '→',
};
const APPLE: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Del: '⌫' };

export function onApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}

/** Modifiers and key of `Mod+Shift+Z`; a plus sign may itself be the key. */
export function partsOf(combination: string): string[] {
  if (!combination.endsWith('+')) return combination.split('+');
  return [...combination.slice(0, -1).split('+').filter((part) => part !== ''), '+'];
}

/** How a combination is written on this machine: `⌘Z`, `Ctrl+Z`. */
export function spell(combination: string, apple = onApple()): string {
  const parts = partsOf(combination);
  const names = parts.map((part) => {
    const shown = apple ? (APPLE[part] ?? SIGNS[part] ?? part) : (SIGNS[part] ?? part);
    return shown === 'Mod' ? 'Ctrl' : shown;
  });
  return names.join(apple ? '' : '+');
}
