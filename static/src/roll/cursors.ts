/** The pictures of the pencil and the rubber; all other cursors are the system's. */
const PICTURES: Readonly<Record<string, string>> = {
  'tool-draw': `url("${new URL('./cursors/draw.svg', import.meta.url).href}") 3 17, crosshair`,
  'tool-erase': `url("${new URL('./cursors/erase.svg', import.meta.url).href}") 6 14, crosshair`,
  'tool-split': 'col-resize',
  'tool-mute': 'pointer',
};

/** The CSS value of a cursor that a state asks for. */
export function cursorStyle(name: string): string {
  return PICTURES[name] ?? name;
}
