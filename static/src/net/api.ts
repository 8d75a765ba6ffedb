/** Calls of the server's HTTP interface. */

const CSRF_COOKIE = 'antiphon_csrf';

/** The server's answer to what can't be done: a stable code, and words. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    readonly text: string,
    /** HTTP status; 0 when the server can't be reached. */
    readonly status: number,
  ) {
    super(text);
    this.name = 'ApiError';
  }
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/**
 * Calls `path` and gives back its JSON, whose shape the caller names; undefined for an answer
 * without a body. Everything that is not a success is an ApiError.
 */
export async function api<T>(method: Method, path: string, body?: FormData | object): Promise<T> {
  const headers = new Headers({ Accept: 'application/json' });
  if (method !== 'GET') headers.set('X-CSRFToken', cookie(CSRF_COOKIE));
  const plain = body !== undefined && !(body instanceof FormData);
  if (plain) headers.set('Content-Type', 'application/json');
  const sent = plain ? JSON.stringify(body) : (body ?? null);
  let answer: Response;
  try {
    answer = await fetch(path, { method, headers, body: sent, credentials: 'same-origin' });
  } catch {
    throw new ApiError('offline', 'The server can’t be reached. Check the connection.', 0);
  }
  const text = await answer.text();
  const json = text === '' ? undefined : parsed(text);
  if (!answer.ok) throw failure(json, answer.status);
  if (json === null) throw failure(json, answer.status);
  return json as T;
}

/** The JSON of `text`; null where it is none, which no call answers by itself. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function failure(json: unknown, status: number): ApiError {
  const { code, text } = (typeof json === 'object' && json !== null ? json : {}) as {
    code?: unknown;
    text?: unknown;
  };
  return new ApiError(
    typeof code === 'string' ? code : `http_${status}`,
    typeof text === 'string' ? text : `The server answered ${status}. Try again.`,
    status,
  );
}

function cookie(name: string): string {
  const found = document.cookie.split('; ').find((part) => part.startsWith(`${name}=`));
  return found === undefined ? '' : decodeURIComponent(found.slice(name.length + 1));
}
