// The kitchen board: every open order of the restaurant, new ones at once, moved by one press.
import { can, logOut, send, token } from '../api.js';
import { listen } from '../events.js';
import { $, notice, showState as state, wireShell } from '../shell.js';
import { isOn, ring, toggle } from './chime.js';
import { age, NEXT, ticket } from './ticket.js';

const OPEN = Object.keys(NEXT);
const AGE_EVERY_MS = 10_000;
const PAGE = 200;
const RECALLABLE = 8;
const orders = new Map();
let feed = null;

function column(status) {
  return document.querySelector(`.column[data-status="${status}"]`);
}

/** Puts an order where it belongs; an older version than the one shown is ignored. */
function show(order, isNews) {
  const shown = orders.get(order.orderId);
  if (shown && shown.version >= order.version) return;
  orders.set(order.orderId, order);
  if (shown?.status === 'completed' && order.status !== 'completed') bumped(order);
  const card = document.querySelector(`[data-order-id="${CSS.escape(order.orderId)}"]`);
  const hadFocus = card?.contains(document.activeElement);
  card?.remove();
  const target = column(order.status);
  if (target) {
    const fresh = ticket(order, Date.now(), can('orders:write') ? move : null);
    if (isNews && !shown) fresh.dataset.new = 'true';
    const list = target.querySelector('ul');
    const after = [...list.children].find(other => other.dataset.placedAt > order.placedAt);
    list.insertBefore(fresh, after ?? null);
    if (hadFocus) fresh.querySelector('button')?.focus();
  }
  if (isNews && !shown && order.status === 'placed') { $('told').textContent = `New order ${order.number}`; ring(); }
  if (order.status === 'completed') bumped(order);
  count();
}

// The last ones handed over stay at hand, so that a wrong press can be taken back.
function bumped(order) {
  const recent = [...orders.values()].filter(other => other.status === 'completed').sort((a, b) => b.changedAt.localeCompare(a.changedAt)).slice(0, RECALLABLE);
  $('recall').hidden = recent.length === 0 || !can('orders:write');
  $('recall-list').replaceChildren(...recent.map(other => {
    const back = document.createElement('button');
    back.type = 'button';
    back.className = 'quiet';
    back.textContent = `Recall ${other.number}`;
    back.addEventListener('click', () => move(other, 'ready', back));
    return back;
  }));
  return order;
}

function count() {
  for (const status of OPEN) {
    const box = column(status);
    const n = box.querySelectorAll('.ticket').length;
    box.querySelector('.count').textContent = n ? `(${n})` : '';
  }
}

async function move(order, status, button) {
  button.disabled = true;
  try {
    const { data } = await send('POST', `/api/v1/orders/${encodeURIComponent(order.orderId)}/status`, { body: { status } });
    notice(null);
    show(data, false);
  } catch (problem) {
    button.disabled = false;
    if (problem.status === 409 || problem.status === 412) { notice('Somebody else moved this order.'); await load(); }
    else notice(problem.message, 'bad', problem.network ? { label: 'Try again', run: () => move(order, status, button) } : undefined);
  }
}

// The feed starts first, then the list is read: whatever happens in between arrives by one of the two.
async function load() {
  try {
    let cursor = '';
    do {
      const { data } = await send('GET', `/api/v1/orders?status=${OPEN.join(',')}&limit=${PAGE}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      for (const order of data.orders) show(order, false);
      cursor = data.nextCursor;
    } while (cursor);
  } catch (problem) {
    notice(problem.message, 'bad', { label: 'Try again', run: load });
  }
}

function enter() {
  const kept = token.get();
  document.body.dataset.view = kept ? 'board' : 'login';
  $('login').hidden = Boolean(kept);
  $('board').hidden = !kept;
  $('logout').hidden = $('place').hidden = !kept;
  feed?.stop();
  if (!kept) { state('off', 'Not connected'); $('username').focus(); return; }
  $('place').textContent = kept.restaurantId ?? 'no restaurant';
  if (!can('orders:read')) { notice('Your user may not read orders (scope orders:read is missing).'); state('off', 'May not read'); return; }
  $('read-only').hidden = can('orders:write');
  orders.clear();
  document.querySelectorAll('.ticket').forEach(card => card.remove());
  count();
  feed = listen('/api/v1/orders/events', {
    onEvent: ({ name, data }) => {
      if (name === 'feed.ready') load();
      else if (data?.orderId && name.startsWith('order.')) show(data, true);
    },
    onState: (how, status) => {
      if (how === 'on') state('on', 'Live');
      else if (how === 'lost') state('lost', 'Reconnecting …');
      else if (status !== 401) notice('The live feed was refused.', 'bad', { label: 'Try again', run: enter });
    },
  });
}

$('logout').addEventListener('click', async () => { await logOut(); enter(); });
$('sound').addEventListener('click', () => { toggle(); sound(); });
function sound() {
  $('sound').setAttribute('aria-pressed', String(isOn()));
  $('sound').textContent = isOn() ? 'Sound on' : 'Sound off';
}
sound();
setInterval(() => document.querySelectorAll('.ticket').forEach(card => age(card, Date.now())), AGE_EVERY_MS);
wireShell(enter);
enter();
