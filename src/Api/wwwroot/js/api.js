// The HTTP surface as a page sees it: a token, problems with a code, and time limits. Reference: /docs.

const TOKEN_KEY = 'vo.token';
export const REQUEST_TIMEOUT_MS = 20_000;

/** A refusal or a failure. `code` is stable; `network` is true when no answer came. */
export class Problem extends Error {
  constructor({ status = 0, code = 'NETWORK', detail, retryAfterSeconds, body }) {
    super(detail || 'The server cannot be reached.');
    Object.assign(this, { status, code, retryAfterSeconds, body, network: status === 0 });
  }
}

export const token = {
  get() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(TOKEN_KEY) ?? 'null');
      return kept && (kept.refreshToken || kept.expiresAt > Date.now()) ? kept : null;
    } catch {
      return null;
    }
  },
  set(answer, username) {
    const kept = { ...answer, username, expiresAt: Date.now() + answer.expiresInSeconds * 1000 };
    sessionStorage.setItem(TOKEN_KEY, JSON.stringify(kept));
    return kept;
  },
  clear() {
    sessionStorage.removeItem(TOKEN_KEY);
  },
};

export const can = scope => token.get()?.scopes?.includes(scope) ?? false;

// A minute before its end a token is exchanged, so that a request does not arrive with one that just ended.
const REFRESH_BEFORE_MS = 60_000;
let refreshing = null;

/** The header for a request, with a token that is still good: an old one is exchanged first. */
export async function authorization() {
  const kept = token.get();
  if (!kept) return {};
  if (kept.refreshToken && kept.expiresAt - Date.now() < REFRESH_BEFORE_MS) {
    refreshing ??= refresh(kept).finally(() => { refreshing = null; });
    await refreshing;
  }
  const now = token.get();
  return now ? { Authorization: `Bearer ${now.accessToken}` } : {};
}

async function refresh(kept) {
  let response;
  try {
    response = await fetch('/api/v1/auth/refresh', {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ refreshToken: kept.refreshToken }), signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
  } catch {
    return; // No answer: the old token may still do, and the next request tries again.
  }
  if (response.ok) token.set(await response.json(), kept.username);
  else if (response.status === 401) end();
}

function end() {
  token.clear();
  window.dispatchEvent(new CustomEvent('vo:expired'));
}

/** Ends the log-in here and at the server; without an answer only here. */
export async function logOut() {
  const kept = token.get();
  if (kept) {
    await fetch('/api/v1/auth/revoke', { method: 'POST', headers: await authorization(), signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS), keepalive: true }).catch(() => {});
  }
  token.clear();
}

async function problemOf(response) {
  const text = await response.text().catch(() => '');
  let body = null;
  try { body = JSON.parse(text); } catch { /* not JSON: the status says enough */ }
  return new Problem({
    status: response.status,
    code: body?.code ?? `HTTP_${response.status}`,
    detail: body?.detail ?? body?.title ?? `The server answered ${response.status}.`,
    retryAfterSeconds: Number(response.headers.get('Retry-After')) || undefined,
    body,
  });
}

/** Sends a request; answers `{ data, response }` or throws a Problem. A 401 with a token raises `vo:expired` on window. */
export async function send(method, path, { body, headers = {}, type = 'application/json', timeoutMs = REQUEST_TIMEOUT_MS } = {}) {
  const init = { method, headers: { Accept: 'application/json, application/problem+json', ...await authorization(), ...headers }, signal: AbortSignal.timeout(timeoutMs) };
  if (body !== undefined) {
    init.headers['Content-Type'] = type;
    init.body = type === 'application/json' ? JSON.stringify(body) : body;
  }
  let response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new Problem({});
  }
  if (!response.ok) {
    const problem = await problemOf(response);
    if (response.status === 401 && init.headers.Authorization) {
      end();
    }
    throw problem;
  }
  const isJson = (response.headers.get('Content-Type') ?? '').includes('json');
  try {
    return { data: isJson ? await response.json() : await response.text(), response };
  } catch {
    throw new Problem({});
  }
}

export async function logIn(username, password) {
  const { data } = await send('POST', '/api/v1/auth/token', { body: { username, password } });
  return token.set(data, username);
}

export function money(value) {
  if (!value || value.amountMinor === undefined || !value.currency) return '';
  const format = new Intl.NumberFormat(document.documentElement.lang || 'en', { style: 'currency', currency: value.currency });
  return format.format(value.amountMinor / 10 ** format.resolvedOptions().maximumFractionDigits);
}

/** A key that stays the same for every retry of one intention. */
export function newKey() {
  return crypto.randomUUID ? crypto.randomUUID() : Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, '0')).join('');
}
