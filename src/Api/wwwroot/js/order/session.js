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

/** Takes the kept session up again, or opens a new one. Answers the session with its ICE servers and `resumed`. */
export async function openOrResume() {
  const old = kept();
  if (old) {
    try {
      const { data } = await send('POST', `/api/v1/sessions/${old.sessionId}/resume`, { body: { resumeToken: old.resumeToken } });
      const session = await view(old.sessionId, data.iceServers);
      if (session.phase !== 'ended' && !session.cart.orderId) return { ...session, resumed: true };
    } catch (problem) {
      if (![403, 404, 409, 410].includes(problem.status)) throw problem;
    }
    forget();
  }
  const { data } = await send('POST', '/api/v1/sessions', { body: { channel: 'web' } });
  const { username, restaurantId } = token.get();
  localStorage.setItem(KEY, JSON.stringify({ sessionId: data.sessionId, resumeToken: data.resumeToken, username, restaurantId }));
  return { ...await view(data.sessionId, data.iceServers), resumed: false };
}

async function view(sessionId, iceServers) {
  const { data } = await send('GET', `/api/v1/sessions/${sessionId}`);
  return { ...data, iceServers };
}
