import { describe, expect, it } from 'vitest';

import { Notices } from '../../../static/src/ui/notices';
import '../../../static/src/ui/bar/field';
import type { Field } from '../../../static/src/ui/bar/field';
import { ago, lasting } from '../../../static/src/ui/site/times';
import { carriedOver, carryOver, unpacked } from '../../../static/src/ui/carry-over';
import '../../../static/src/ui/panel/wish-slider';
import type { WishSlider } from '../../../static/src/ui/panel/wish-slider';

async function shown<E extends HTMLElement & { updateComplete: Promise<boolean> }>(
  name: string, set: Partial<E>,
): Promise<E> {
  const element = Object.assign(document.createElement(name), set) as E;
  document.body.replaceChildren(element);
  await element.updateComplete;
  return element;
}

describe('a wish', () => {
  it('rests at any, takes a value, and returns to rest by Delete', async () => {
    const wish = await shown<WishSlider>('antiphon-wish', {
      label: 'Density', least: 0, most: 4, step: 0.5, words: (value) => `${value} a beat`,
    });
    const wished: (number | null)[] = [];
    wish.addEventListener('wish', (event) => {
      wished.push((event as CustomEvent<number | null>).detail);
    });
    expect(wish.querySelector('output')?.textContent).toBe('any');
    expect(wish.classList.contains('rest')).toBe(true);
    const slider = wish.querySelector('input');
    if (slider === null) throw new Error('no slider');
    slider.value = '3';
    slider.dispatchEvent(new Event('input'));
    await wish.updateComplete;
    expect(wish.querySelector('output')?.textContent).toBe('3 a beat');
    slider.dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete' }));
    await wish.updateComplete;
    expect(wish.querySelector('output')?.textContent).toBe('any');
    expect(wished).toEqual([3, null]);
  });
});

describe('a field of the display', () => {
  async function edited(key: string): Promise<string[]> {
    const field = await shown<Field>('antiphon-field', { label: 'Tempo', text: '92.0' });
    const committed: string[] = [];
    field.addEventListener('commit', (event) => {
      committed.push((event as CustomEvent<string>).detail);
    });
    field.querySelector('button')?.click();
    await field.updateComplete;
    const input = field.querySelector('input');
    if (input === null) throw new Error('not editing');
    input.value = '101';
    input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    await field.updateComplete;
    expect(field.querySelector('input')).toBeNull();
    return committed;
  }

  it('is committed by Enter and restored by Esc', async () => {
    expect(await edited('Enter')).toEqual(['101']);
    expect(await edited('Escape')).toEqual([]);
  });

  it('keeps what is typed while its value moves on, and leaves the focus where a click put it',
    async () => {
      const field = await shown<Field>('antiphon-field', { label: 'Position', text: '3.1.000' });
      const committed: string[] = [];
      field.addEventListener('commit', (event) => {
        committed.push((event as CustomEvent<string>).detail);
      });
      field.querySelector('button')?.click();
      await field.updateComplete;
      const input = field.querySelector('input');
      if (input === null) throw new Error('not editing');
      input.value = '7';
      field.text = '3.2.000';
      await field.updateComplete;
      expect(input.value).toBe('7');
      input.value = '3.1.000';
      const elsewhere = document.body.appendChild(document.createElement('button'));
      input.focus();
      elsewhere.focus();
      await field.updateComplete;
      expect(document.activeElement).toBe(elsewhere);
      expect(committed).toEqual([]);
    });

  it('that may not be edited is text', async () => {
    const field = await shown<Field>('antiphon-field', {
      label: 'Tempo', text: '92.0', editable: false,
    });
    expect(field.querySelector('button')).toBeNull();
    expect(field.textContent).toContain('92.0');
  });
});

describe('a toast', () => {
  it('gives way to the next one and can be cleared', () => {
    const notices = new Notices();
    notices.say('Deleted Lead', { label: 'Undo', run: () => undefined });
    notices.say('Link copied');
    expect(notices.toast.value).toEqual({ text: 'Link copied' });
    notices.clear();
    expect(notices.toast.value).toBeNull();
  });
});

describe('times', () => {
  it('are said as people say them', () => {
    const now = Date.parse('2026-11-22T12:00:00Z');
    expect(ago('2026-11-22T11:59:40Z', now)).toBe('now');
    expect(ago('2026-11-22T11:57:00Z', now)).toBe('3 minutes ago');
    expect(ago('2026-11-21T12:00:00Z', now)).toBe('yesterday');
    expect(lasting(64.4)).toBe('1:04');
    expect(lasting(0)).toBe('0:00');
  });
});

describe('what is carried to a copy', () => {
  it('stays until it stands in the copy, and arrives only there', () => {
    const carried = {
      score: 'BBBBBBBBBBBB', request: null,
      gestures: [{ label: 'gesture.add', changes: [] }],
      view: { tool: 'draw', track: 'track000', left: 1920, zoom: 30, top: 90 },
    };
    carryOver(carried);
    expect(carriedOver('BBBBBBBBBBBB')).toEqual(carried);
    expect(carriedOver('BBBBBBBBBBBB')).toEqual(carried);
    unpacked();
    expect(carriedOver('BBBBBBBBBBBB')).toBeNull();
    carryOver(carried);
    expect(carriedOver('CCCCCCCCCCCC')).toBeNull();
  });
});
