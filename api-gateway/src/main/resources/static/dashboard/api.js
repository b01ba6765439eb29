// Asks the API. Every answer is kept with its tag, so that asking again costs a 304 while nothing changed.

const PATIENCE_MS = 15_000;
const KEPT_ANSWERS = 60;
const KEY = 'gonka-pulse.key';

/** Why there is no answer. `status` is 0 where nobody answered at all. */
export class ApiError extends Error {
  constructor(status, problem, retryAfterSeconds) {
    super(problem?.detail ?? 'The API does not answer');
    this.status = status;
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Whether asking the same again later can help. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

const kept = new Map();
let clockSkewMs = 0;

/** The gateway's time; the viewer's clock may be wrong. */
export function serverNow() {
  return Date.now() + clockSkewMs;
}

/** The answer to this question that came last, or undefined. */
export function keptAnswer(url) {
  return kept.get(url);
}

/**
 * Asks, and says when the body that counts was received: ages in it are as of that moment.
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
  const answer = { body: await read(response, 'json'), receivedAt: Date.now(), tag: response.headers.get('ETag') };
  keep(url, answer);
  return answer;
}

/** The same question answered as a table. */
export async function askForCsv(url) {
  return read(await send(url, { Accept: 'text/csv' }), 'text');
}

/** The key that this browser window sends along, where the gateway wants one. */
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
      // The browser's own cache would hide how old an answer is.
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

/** The header knows whole seconds: less than two of them are no difference. */
function noteClock(date) {
  const skew = Date.parse(date) - Date.now();
  clockSkewMs = Math.abs(skew) > 2_000 ? skew : 0;
}

async function read(response, form) {
  try {
    return await response[form]();
  } catch {
    // It broke off in the middle.
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
