// Who may log in, and as what.
import { send, token } from '../api.js';
import { notice } from '../shell.js';
import { field, make } from './dom.js';
import { attempt } from './work.js';

const ROLES = ['owner', 'manager', 'staff', 'kitchen', 'ordering', 'reporting'];
export const roleSelect = (value, extra = {}) => {
  const select = make('select', extra, ...(extra.roles ?? ROLES).map(role => make('option', { value: role }, role)));
  select.value = value;
  return select;
};

export async function usersPanel(panel) {
  const loaded = await attempt(() => send('GET', '/api/v1/users'), { again: () => usersPanel(panel) });
  if (!loaded) return;
  const name = make('input', { id: 'user-name', autocapitalize: 'none', spellcheck: false });
  const password = make('input', { id: 'user-password', type: 'password', autocomplete: 'new-password' });
  const role = roleSelect('staff', { id: 'user-role' });
  const fault = make('p', { class: 'fault', role: 'alert' });
  panel.replaceChildren(
    make('section', { class: 'card' }, make('h2', {}, 'Users'),
      make('table', { id: 'users' }, make('thead', {}, make('tr', {}, ...['User', 'Role', '', ''].map(head => make('th', {}, head)))), make('tbody', {}, ...loaded.data.map(row)))),
    make('form', { class: 'card', novalidate: true, onsubmit: event => { event.preventDefault(); add(); } }, make('h2', {}, 'Add a user'),
      make('div', { class: 'row' }, grow(field(`Name, becomes name@${token.get()?.restaurantId}`, name)), grow(field('Password, 12 characters or more', password)), field('Role', role)),
      fault, make('div', { class: 'buttons' }, make('button', { class: 'primary' }, 'Add user'))));

  function grow(element) { element.classList.add('grow'); return element; }

  function row(user) {
    const select = roleSelect(user.role || 'staff', { 'aria-label': `Role of ${user.username}`, onchange: () => change(user, { role: select.value }) });
    return make('tr', { 'data-user': user.username, 'data-out': String(user.disabled) },
      make('td', {}, user.username), make('td', {}, select),
      make('td', {}, user.disabled ? 'disabled' : ''),
      make('td', {}, make('button', { type: 'button', class: 'quiet', onclick: () => change(user, { disabled: !user.disabled }) }, user.disabled ? 'Enable' : 'Disable')));
  }

  async function change(user, body) {
    const done = await attempt(() => send('PATCH', `/api/v1/users/${encodeURIComponent(user.username)}`, { body }));
    await usersPanel(panel);
    if (done) notice(`${user.username} has to log in again.`, 'good');
  }

  async function add() {
    fault.textContent = '';
    await attempt(async () => {
      try {
        const { data } = await send('POST', '/api/v1/users', { body: { name: name.value.trim(), password: password.value, role: role.value } });
        await usersPanel(panel);
        notice(`${data.username} can log in now.`, 'good');
      } catch (problem) {
        if (problem.network) throw problem;
        fault.textContent = problem.message;
      }
    }, { again: add });
  }
}
