import { signal } from '@preact/signals-core';
import { afterEach, expect, it, vi } from 'vitest';

import { keepStranded } from '../../../static/src/ui/copy-on-edit';
import { TestDesk } from './test-desk';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('edits that can’t be stored are let go only once they are on their way', async () => {
  const test = new TestDesk();
  let kept = true;
  Object.assign(test.desk.provider, {
    stranded: signal([{ root: 'notes', key: 'noteNote01', value: null }]),
    letGo: () => { kept = false; },
  });
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"id":"BBBBBBBBBBBB"}')));
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  await keepStranded(test.desk);
  expect(kept).toBe(true);
  expect(test.desk.notices.toast.value).not.toBeNull();
});
