// Who did what, newest first.
import { send } from '../api.js';
import { make } from './dom.js';
import { attempt } from './work.js';

export async function auditPanel(panel) {
  const rows = make('tbody');
  const more = make('button', { type: 'button', class: 'secondary', onclick: () => load(more.dataset.before) }, 'Earlier');
  panel.replaceChildren(make('section', { class: 'card' }, make('h2', {}, 'Who did what'),
    make('table', { id: 'audit' }, make('thead', {}, make('tr', {}, ...['When', 'Who', 'What', ''].map(head => make('th', {}, head)))), rows), more));
  await load();

  async function load(before) {
    const loaded = await attempt(() => send('GET', `/api/v1/audit?limit=50${before ? `&before=${before}` : ''}`), { again: () => load(before) });
    if (!loaded) return;
    rows.append(...loaded.data.rows.map(row => make('tr', {}, make('td', {}, new Date(row.at).toLocaleString()), make('td', {}, row.by), make('td', {}, `${row.action} ${row.target}`), make('td', {}, row.detail))));
    more.hidden = !loaded.data.nextBefore;
    more.dataset.before = loaded.data.nextBefore ?? '';
  }
}
