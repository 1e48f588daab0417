// Keys for programs: shown once, revocable.
import { send } from '../api.js';
import { notice } from '../shell.js';
import { field, make } from './dom.js';
import { attempt } from './work.js';
import { roleSelect } from './users.js';

export async function keysPanel(panel, made) {
  const loaded = await attempt(() => send('GET', '/api/v1/api-keys'), { again: () => keysPanel(panel) });
  if (!loaded) return;
  const label = make('input', { id: 'key-label' });
  const role = roleSelect('kitchen', { id: 'key-role', roles: ['manager', 'staff', 'kitchen', 'ordering', 'reporting'] });
  const fault = make('p', { class: 'fault', role: 'alert' });
  panel.replaceChildren(...[
    made && make('section', { class: 'card' }, make('h2', {}, `The key ${made.label}`), make('p', {}, 'Copy it now; it is not shown again.'), make('code', { class: 'secret', id: 'new-key' }, made.apiKey)),
    make('section', { class: 'card' }, make('h2', {}, 'API keys'),
      loaded.data.length === 0 ? make('p', { class: 'hint' }, 'There are none yet.') : make('table', { id: 'keys' },
        make('thead', {}, make('tr', {}, ...['Key', 'Begins with', 'Last used', ''].map(head => make('th', {}, head)))),
        make('tbody', {}, ...loaded.data.map(row)))),
    make('form', { class: 'card', novalidate: true, onsubmit: event => { event.preventDefault(); add(); } }, make('h2', {}, 'Make a key'),
      make('div', { class: 'row' }, field('What it is for', label), field('Role', role)), fault,
      make('div', { class: 'buttons' }, make('button', { class: 'primary' }, 'Make key'))),
  ].filter(Boolean));

  function row(key) {
    return make('tr', { 'data-key': key.keyId, 'data-out': String(Boolean(key.revokedAt)) },
      make('td', {}, key.label), make('td', {}, make('code', {}, `${key.prefix}…`)), make('td', {}, key.lastUsedAt ? new Date(key.lastUsedAt).toLocaleString() : 'never'),
      make('td', {}, key.revokedAt ? 'revoked' : make('button', { type: 'button', class: 'quiet', onclick: () => revoke(key) }, 'Revoke')));
  }

  async function revoke(key) {
    if (!window.confirm(`Revoke ${key.label}? Whatever uses it stops at once.`)) return;
    if (await attempt(() => send('DELETE', `/api/v1/api-keys/${encodeURIComponent(key.keyId)}`))) { await keysPanel(panel); notice(`${key.label} is revoked.`, 'good'); }
  }

  async function add() {
    fault.textContent = '';
    await attempt(async () => {
      try {
        const { data } = await send('POST', '/api/v1/api-keys', { body: { label: label.value.trim(), role: role.value } });
        await keysPanel(panel, data);
      } catch (problem) {
        if (problem.network) throw problem;
        fault.textContent = problem.message;
      }
    }, { again: add });
  }
}
