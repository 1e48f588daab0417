// Feature flags of the platform, for operators.
import { can, send } from '../api.js';
import { notice } from '../shell.js';
import { make } from './dom.js';
import { attempt } from './work.js';

export async function flagsPanel(panel) {
  const loaded = await attempt(() => send('GET', '/api/v1/flags'), { again: () => flagsPanel(panel) });
  if (!loaded) return;
  const tag = loaded.response.headers.get('ETag');
  panel.replaceChildren(make('section', { class: 'card' }, make('h2', {}, 'Flags'), make('p', { class: 'hint' }, 'A change is used by new sessions everywhere within seconds.'),
    make('table', { id: 'flags' }, make('thead', {}, make('tr', {}, ...['Flag', 'On', 'Share of sessions in %', 'Always for restaurants', ''].map(head => make('th', {}, head)))), make('tbody', {}, ...loaded.data.flags.map(row)))));

  function row(flag) {
    const on = make('input', { type: 'checkbox', checked: flag.enabled, 'aria-label': `${flag.name} on`, disabled: !can('ops:write') });
    const share = make('input', { type: 'number', min: 0, max: 100, value: flag.percentage, class: 'small', 'aria-label': `Share of ${flag.name}`, disabled: !can('ops:write') });
    const where = make('input', { value: (flag.restaurants ?? []).join(' '), 'aria-label': `Restaurants of ${flag.name}`, disabled: !can('ops:write') });
    return make('tr', { 'data-flag': flag.name }, make('td', {}, make('code', {}, flag.name)), make('td', {}, on), make('td', {}, share), make('td', {}, where),
      make('td', {}, can('ops:write') ? make('button', { type: 'button', class: 'secondary', onclick: () => save(flag, on, share, where) }, 'Save') : ''));
  }

  async function save(flag, on, share, where) {
    const body = { enabled: on.checked, percentage: Number(share.value), users: flag.users, restaurants: where.value.split(/[\s,]+/).filter(Boolean) };
    await attempt(async () => {
      try {
        await send('PUT', `/api/v1/flags/${encodeURIComponent(flag.name)}`, { body, headers: { 'If-Match': tag } });
        await flagsPanel(panel);
        notice(`${flag.name} is changed.`, 'good');
      } catch (problem) {
        if (problem.status !== 412) throw problem;
        await flagsPanel(panel);
        notice('Somebody else changed the flags meanwhile; here they are as they stand. Your change was not made.');
      }
    }, { again: () => save(flag, on, share, where) });
  }
}
