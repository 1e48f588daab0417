// Who is told of orders outside, and what could not be delivered.
import { send } from '../api.js';
import { notice } from '../shell.js';
import { field, make } from './dom.js';
import { attempt } from './work.js';

export async function webhooksPanel(panel, made) {
  const loaded = await attempt(async () => [(await send('GET', '/api/v1/destinations')).data, (await send('GET', '/api/v1/deliveries?state=dead')).data.deliveries], { again: () => webhooksPanel(panel) });
  if (!loaded) return;
  const [destinations, dead] = loaded;
  const kind = make('select', { id: 'hook-kind' }, make('option', { value: 'pos' }, 'Webhook of the point of sale'), make('option', { value: 'telegram' }, 'Telegram chat'));
  const address = make('input', { id: 'hook-address', placeholder: 'https://…' });
  const fault = make('p', { class: 'fault', role: 'alert' });
  panel.replaceChildren(...[
    made?.secret && make('section', { class: 'card' }, make('h2', {}, 'Signing secret'), make('p', {}, 'Copy it now; it is not shown again.'), make('code', { class: 'secret' }, made.secret)),
    make('section', { class: 'card' }, make('h2', {}, 'Told of orders'),
      destinations.length === 0 ? make('p', { class: 'hint' }, 'Nobody yet.') : make('table', { id: 'hooks' }, make('tbody', {}, ...destinations.map(row)))),
    dead.length > 0 && make('section', { class: 'card' }, make('h2', {}, `Not delivered (${dead.length})`),
      make('table', {}, make('tbody', {}, ...dead.map(delivery => make('tr', {}, make('td', {}, delivery.kind), make('td', {}, delivery.lastError ?? ''),
        make('td', {}, make('button', { type: 'button', class: 'quiet', onclick: () => act(`/api/v1/deliveries/${encodeURIComponent(delivery.deliveryId)}/replay`, 'It is sent again.') }, 'Send again'))))))),
    make('form', { class: 'card', novalidate: true, onsubmit: event => { event.preventDefault(); add(); } }, make('h2', {}, 'Add'),
      make('div', { class: 'row' }, field('Kind', kind), grow(field('Address', address))), fault, make('div', { class: 'buttons' }, make('button', { class: 'primary' }, 'Add'))),
  ].filter(Boolean));

  function grow(element) { element.classList.add('grow'); return element; }

  function row(destination) {
    const at = `/api/v1/destinations/${encodeURIComponent(destination.destinationId)}`;
    return make('tr', { 'data-out': String(!destination.enabled) }, make('td', {}, destination.address), make('td', {}, destination.kind), make('td', { class: 'row' },
      make('button', { type: 'button', class: 'quiet', onclick: () => test(at) }, 'Test'),
      make('button', { type: 'button', class: 'quiet', onclick: () => act(at, 'Changed.', 'PATCH', { enabled: !destination.enabled }) }, destination.enabled ? 'Switch off' : 'Switch on'),
      make('button', { type: 'button', class: 'quiet', onclick: () => window.confirm('Remove it?') && act(at, 'Removed.', 'DELETE') }, 'Remove')));
  }

  async function test(at) {
    const answer = await attempt(() => send('POST', `${at}/test`));
    if (answer) notice(answer.data.delivered ? 'It was taken.' : `It was not taken: ${answer.data.error}.`, answer.data.delivered ? 'good' : 'bad');
  }

  async function act(path, told, method = 'POST', body) {
    if (await attempt(() => send(method, path, { body }))) { await webhooksPanel(panel); notice(told, 'good'); }
  }

  async function add() {
    fault.textContent = '';
    await attempt(async () => {
      try {
        const { data } = await send('POST', '/api/v1/destinations', { body: { kind: kind.value, address: address.value.trim() } });
        await webhooksPanel(panel, data);
      } catch (problem) {
        if (problem.network) throw problem;
        fault.textContent = problem.message;
      }
    }, { again: add });
  }
}
