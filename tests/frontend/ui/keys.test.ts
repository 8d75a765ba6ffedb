import { describe, expect, it } from 'vitest';

import { spell } from '../../../static/src/i18n/spelling';
import { belongsToControl, matches } from '../../../static/src/ui/commands/keys';

function press(key: string, held: Partial<KeyboardEventInit> = {}): KeyboardEvent {
  return new KeyboardEvent('keydown', { key, ...held });
}

describe('a key combination', () => {
  it('matches by meaning, whatever the case', () => {
    expect(matches(press('l'), 'L', false)).toBe(true);
    expect(matches(press('L', { shiftKey: true }), 'L', false)).toBe(false);
    expect(matches(press('z', { ctrlKey: true }), 'Mod+Z', false)).toBe(true);
    expect(matches(press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+Z', false)).toBe(true);
    expect(matches(press('z', { ctrlKey: true, shiftKey: true }), 'Mod+Z', false)).toBe(false);
  });

  it('takes ⌘ for Mod on Apple machines, and Ctrl nowhere else than where it is meant', () => {
    expect(matches(press('z', { metaKey: true }), 'Mod+Z', true)).toBe(true);
    expect(matches(press('z', { ctrlKey: true }), 'Mod+Z', true)).toBe(false);
    expect(matches(press('l', { ctrlKey: true }), 'L', false)).toBe(false);
    expect(matches(press('l', { metaKey: true }), 'L', false)).toBe(false);
  });

  it('knows signs however they are typed, and digits by their place', () => {
    expect(matches(press('?', { shiftKey: true }), '?', false)).toBe(true);
    expect(matches(press('?'), '?', false)).toBe(true);
    expect(matches(press('+', { shiftKey: true }), '+', false)).toBe(true);
    expect(matches(press('&', { code: 'Digit1' }), '1', false)).toBe(true);
    expect(matches(press('['), '[', false)).toBe(true);
  });

  it('knows named keys', () => {
    expect(matches(press(' '), 'Space', false)).toBe(true);
    expect(matches(press(' ', { shiftKey: true }), 'Shift+Space', false)).toBe(true);
    expect(matches(press('Delete'), 'Del', false)).toBe(true);
    expect(matches(press('ArrowUp', { shiftKey: true }), 'Shift+Up', false)).toBe(true);
    expect(matches(press('Enter', { ctrlKey: true }), 'Mod+Enter', false)).toBe(true);
  });

  it('is spelled as the machine writes it', () => {
    expect(spell('Mod+Shift+Z', false)).toBe('Ctrl+Shift+Z');
    expect(spell('Mod+Shift+Z', true)).toBe('⌘⇧Z');
    expect(spell('Shift+Up', false)).toBe('Shift+↑');
    expect(spell('+', false)).toBe('+');
  });
});

describe('a press in a control', () => {
  function pressedIn(markup: string, selector: string): boolean {
    document.body.innerHTML = markup;
    const target = document.querySelector(selector);
    let seen = false;
    const listen = (event: KeyboardEvent): void => { seen = belongsToControl(event); };
    document.addEventListener('keydown', listen);
    target?.dispatchEvent(new KeyboardEvent('keydown', { key: 'l', bubbles: true }));
    document.removeEventListener('keydown', listen);
    return seen;
  }

  it('belongs to text fields, sliders, lists and open dialogs', () => {
    expect(pressedIn('<input>', 'input')).toBe(true);
    expect(pressedIn('<input type="range">', 'input')).toBe(true);
    expect(pressedIn('<div role="listbox"><div role="option"></div></div>', '[role=option]'))
      .toBe(true);
    expect(pressedIn('<dialog open><button>x</button></dialog>', 'button')).toBe(true);
  });

  it('belongs to the page elsewhere', () => {
    expect(pressedIn('<main><button>x</button></main>', 'button')).toBe(false);
  });
});
