// Server-sent events over fetch, because the token travels in a header and never in an address.
// Resumes with Last-Event-ID; waits 1, 2, 4 … 15 s between attempts.
import { authorization } from './api.js';

const LONGEST_WAIT_MS = 15_000;

/** Parses a stream of text chunks into events: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation */
export class EventParser {
  #rest = '';
  #event = { name: '', data: [], id: undefined };

  push(chunk, deliver) {
    this.#rest += chunk;
    const lines = this.#rest.split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop();
    for (const line of lines) this.#line(line, deliver);
  }

  #line(line, deliver) {
    if (line === '') {
      const { name, data, id } = this.#event;
      if (data.length > 0) deliver({ name: name || 'message', data: data.join('\n'), id });
      this.#event = { name: '', data: [], id: undefined };
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.#event.name = value;
    else if (field === 'data') this.#event.data.push(value);
    else if (field === 'id') this.#event.id = value;
  }
}

/**
 * Listens until `stop()`. `onEvent({ name, data })` gets parsed JSON; `onState('on' | 'lost' | 'refused', status)` tells how it stands.
 * `afterId` is the last sequence already seen.
 */
export function listen(path, { onEvent, onState = () => {}, afterId }) {
  let lastId = afterId;
  let stopped = false;
  let wake = () => {};
  let aborter = new AbortController();
  const online = () => wake();
  window.addEventListener('online', online);

  (async () => {
    let waitMs = 1000;
    while (!stopped) {
      aborter = new AbortController();
      try {
        const headers = { Accept: 'text/event-stream', ...await authorization() };
        if (lastId !== undefined) headers['Last-Event-ID'] = String(lastId);
        const response = await fetch(path, { headers, signal: aborter.signal, cache: 'no-store' });
        if ([401, 403, 404, 410].includes(response.status)) {
          onState('refused', response.status);
          return;
        }
        if (!response.ok) throw new Error(String(response.status));
        onState('on');
        waitMs = 1000;
        const parser = new EventParser();
        const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
        for (;;) {
          const { value, done } = await reader.read();
          if (done) break;
          parser.push(value, event => {
            if (event.id) lastId = event.id;
            onEvent({ name: event.name, id: event.id, data: JSON.parse(event.data) });
          });
        }
      } catch { /* the next attempt follows below */ }
      if (stopped) return;
      onState('lost');
      await new Promise(resolve => {
        wake = resolve;
        setTimeout(resolve, waitMs);
      });
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    }
  })();

  return {
    stop() {
      stopped = true;
      aborter.abort();
      wake();
      window.removeEventListener('online', online);
    },
  };
}
