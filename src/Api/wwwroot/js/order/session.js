// The session survives reloads: id and resume token are kept for this tab's log-in until the order is placed or the session expires.
import { send, token } from '../api.js';

const KEY = 'vo.session';

function kept() {
  try {
    const value = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    return value?.username === token.get()?.username && value?.restaurantId === token.get()?.restaurantId ? value : null;
  } catch {
    return null;
  }
}

export function forget() {
  localStorage.removeItem(KEY);
}

/** Takes the kept session up again, or opens a new one. Answers the session view. */
export async function openOrResume() {
  const old = kept();
  if (old) {
    try {
      const { data } = await send('POST', `/api/v1/sessions/${old.sessionId}/resume`, { body: { resumeToken: old.resumeToken } });
      if (data.phase !== 'ended' && !data.cart?.order) return { ...data, sessionId: old.sessionId, resumed: true };
    } catch (problem) {
      if (![403, 404, 409, 410].includes(problem.status)) throw problem;
    }
    forget();
  }
  const { data } = await send('POST', '/api/v1/sessions', { body: { channel: 'web', language: null } });
  const { username, restaurantId } = token.get();
  localStorage.setItem(KEY, JSON.stringify({ sessionId: data.sessionId, resumeToken: data.resumeToken, username, restaurantId }));
  return { ...data, resumed: false };
}
