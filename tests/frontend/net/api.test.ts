import { afterEach, describe, expect, it, vi } from 'vitest';
import { api, ApiError } from '../../../static/src/net/api';

describe('calls of the server', () => {
  afterEach(() => { vi.unstubAllGlobals(); });

  function answering(status: number, body: string): { readonly calls: [string, RequestInit][] } {
    const calls: [string, RequestInit][] = [];
    vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
      calls.push([path, init]);
      return Promise.resolve(new Response(status === 204 ? null : body, { status }));
    });
    return { calls };
  }

  it('carry JSON and the CSRF token, and bring JSON back', async () => {
    document.cookie = 'antiphon_csrf=secret';
    const { calls } = answering(201, '{"id":"x"}');
    expect(await api('POST', '/api/scores', { title: 'Waltz' })).toEqual({ id: 'x' });
    const [path, init] = calls[0] ?? [];
    const headers = new Headers(init?.headers);
    expect([path, init?.method, init?.body]).toEqual(['/api/scores', 'POST', '{"title":"Waltz"}']);
    expect(headers.get('X-CSRFToken')).toBe('secret');
    expect(headers.get('Content-Type')).toBe('application/json');
  });

  it('send files as they are', async () => {
    const { calls } = answering(204, '');
    const body = new FormData();
    expect(await api('POST', '/api/scores/import', body)).toBeUndefined();
    expect(calls[0]?.[1].body).toBe(body);
    expect(new Headers(calls[0]?.[1].headers).has('Content-Type')).toBe(false);
  });

  it('raise what the server says', async () => {
    answering(413, '{"code":"too_large","text":"The file is larger than 20 MB."}');
    const error = await api('POST', '/api/scores/import', {}).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      code: 'too_large',
      text: 'The file is larger than 20 MB.',
      status: 413,
    });
  });

  it('raise an error also where the answer is no JSON, or there is none', async () => {
    answering(502, '<html>');
    await expect(api('GET', '/api/scores')).rejects.toMatchObject({ code: 'http_502' });
    answering(200, '<html>');
    await expect(api('GET', '/api/scores')).rejects.toMatchObject({ code: 'http_200' });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')));
    await expect(api('GET', '/api/scores')).rejects.toMatchObject({ code: 'offline', status: 0 });
  });
});
