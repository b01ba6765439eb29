// The client of the API. It caches every response with its ETag, so that a request for unchanged data costs a 304.

import { t } from './texts.js';

const PATIENCE_MS = 15_000;
const KEPT_ANSWERS = 60;
const KEY = 'gonka-pulse.key';
/** One job, whose owner may have put any number into it. */
const OWNERS_NUMBERS = /^\/api\/v1\/jobs\/[0-9a-f-]{36}$/i;
/** More digits may be more than a floating point number has. */
const EXACT_DIGITS = 15;

/** A failed request. `status` is 0 without a response. */
export class ApiError extends Error {
  constructor(status, problem, retryAfterSeconds) {
    super(problem?.detail ?? t('page.noResponse'));
    this.status = status;
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Whether a retry can help. A missing schema waits for the operator. */
  get passing() {
    return this.status === 0 || this.status === 429 || (this.status >= 500 && this.problem?.code !== 'migration_required');
  }
}

const kept = new Map();
let clockSkewMs = 0;

/** The gateway's time, because the viewer's clock may be wrong. */
export function serverNow() {
  return Date.now() + clockSkewMs;
}

/** The newest response for this address, or undefined. */
export function keptAnswer(url) {
  return kept.get(url);
}

/**
 * Fetches a resource, with the time at which its body was received: the ages in it are as of that time.
 *
 * @returns {Promise<{body: object, receivedAt: number}>}
 */
export async function ask(url, signal) {
  const known = kept.get(url);
  const response = await send(url, {
    Accept: 'application/json',
    ...(known ? { 'If-None-Match': known.tag } : {}),
  }, signal);
  if (response.status === 304 && known) {
    return known;
  }
  const body = OWNERS_NUMBERS.test(url) ? parseExactly(await read(response, 'text')) : await read(response, 'json');
  const answer = { body, receivedAt: Date.now(), tag: response.headers.get('ETag') };
  keep(url, answer);
  return answer;
}

/** The same resource as CSV, with the file name and the next page that the response names. */
export async function askForCsv(url) {
  const response = await send(url, { Accept: 'text/csv' });
  return {
    text: await read(response, 'text'),
    name: response.headers.get('Content-Disposition')?.match(/filename="([^"]+)"/)?.[1],
    next: response.headers.get('Link')?.match(/<([^>]+)>;\s*rel="?next"?/)?.[1],
  };
}

/** The API key of this browser window, if the gateway requires one. */
export const accessKey = {
  get: () => sessionStorage.getItem(KEY),
  set: (key) => sessionStorage.setItem(KEY, key),
};

async function send(url, headers, signal) {
  const timeout = AbortSignal.timeout(PATIENCE_MS);
  const key = accessKey.get();
  let response;
  try {
    response = await fetch(url, {
      headers: key ? { ...headers, 'X-Api-Key': key } : headers,
      // The browser's own cache would hide the age of a response.
      cache: 'no-store',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (reason) {
    if (signal?.aborted) {
      throw reason;
    }
    throw new ApiError(0);
  }
  noteClock(response.headers.get('Date'));
  if (response.ok || response.status === 304) {
    return response;
  }
  const problem = await response.json().catch(() => undefined);
  throw new ApiError(response.status, problem, Number(response.headers.get('Retry-After')) || 0);
}

/** The Date header has whole seconds, so a difference below two seconds is ignored. */
function noteClock(date) {
  const skew = Date.parse(date) - Date.now();
  clockSkewMs = Math.abs(skew) > 2_000 ? skew : 0;
}

async function read(response, form) {
  try {
    return await response[form]();
  } catch {
    // The connection ended in the middle of the body.
    throw new ApiError(0);
  }
}

/** Numbers with many digits stay as they are written, as far as the browser can tell. */
function parseExactly(text) {
  try {
    return JSON.parse(text, (_, value, context) => (typeof value === 'number' && JSON.rawJSON
      && context?.source?.replace(/\D/g, '').length > EXACT_DIGITS ? JSON.rawJSON(context.source) : value));
  } catch {
    throw new ApiError(0);
  }
}

function keep(url, answer) {
  kept.delete(url);
  kept.set(url, answer);
  if (kept.size > KEPT_ANSWERS) {
    kept.delete(kept.keys().next().value);
  }
}
