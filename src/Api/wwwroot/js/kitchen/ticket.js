// One order as a ticket: what to make, how long it waits, and the next step.
import { money } from '../api.js';

export const NEXT = { placed: ['accepted', 'Accept'], accepted: ['preparing', 'Start'], preparing: ['ready', 'Ready'], ready: ['completed', 'Handed over'] };
/** A ticket bumped by mistake takes one step back; the server allows it for some minutes. */
export const BACK = { ready: 'preparing', completed: 'ready' };
const CANCELLABLE = new Set(['placed', 'accepted', 'preparing']);
const WARM_MINUTES = 5;
const LATE_MINUTES = 10;

export function minutesSince(instant, nowMs) {
  return Math.max(0, Math.floor((nowMs - Date.parse(instant)) / 60_000));
}

export function ageOf(minutes) {
  return minutes >= LATE_MINUTES ? 'late' : minutes >= WARM_MINUTES ? 'warm' : 'fresh';
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

// What is made differently from the menu stands out: NO, EXTRA, LIGHT and ON THE SIDE are read from across the room.
const AMOUNTS = { extra: name => `EXTRA ${name}`, light: name => `LIGHT ${name}`, side: name => `${name} ON THE SIDE` };

function leftOff(line) {
  return [...(line.without ?? []).map(option => option.name), ...(line.requests ?? []).filter(wish => wish.kind === 'none').map(wish => wish.subject)];
}

function amountsOf(line) {
  return [...(line.amounts ?? []), ...(line.requests ?? []).filter(wish => wish.kind !== 'none').map(wish => ({ name: wish.subject, amount: wish.kind }))];
}

function lineOf(line) {
  const row = element('li');
  row.append(element('span', 'quantity', `${line.quantity}×`), element('strong', 'dish', line.sizeName ? `${line.name}, ${line.sizeName}` : line.name));
  for (const name of leftOff(line)) row.append(element('span', 'change without', `NO ${name}`));
  const amounts = amountsOf(line);
  for (const option of line.options ?? []) {
    if (!amounts.some(other => other.id === option.id)) row.append(element('span', 'change with', `+ ${option.name}`));
  }
  for (const { id, name, amount } of amounts) {
    const isAdded = line.options?.some(option => option.id === id);
    row.append(element('span', 'change amount', `${isAdded ? '+ ' : ''}${AMOUNTS[amount]?.(name) ?? `${amount} ${name}`}`));
  }
  if (line.allergens?.length) row.append(element('span', 'change allergens', `⚠ ${line.allergens.join(', ')}`));
  return row;
}

/** Makes the ticket; `move(order, status, button)` is called by its buttons; null when the user may not move orders. */
export function ticket(order, nowMs, move) {
  const card = element('li', 'card ticket');
  card.dataset.orderId = order.orderId;
  card.tabIndex = 0;
  card.setAttribute('aria-label', `Order ${order.number}`);
  // A bump bar is a keyboard: Enter or b bumps the ticket that has the focus.
  card.addEventListener('keydown', event => {
    if (event.target === card && (event.key === 'Enter' || event.key === 'b')) { event.preventDefault(); card.querySelector('.primary')?.click(); }
  });
  card.dataset.placedAt = order.placedAt;
  const head = element('header');
  head.append(element('span', 'number', order.number), element('span', 'age'));
  const lines = element('ul', 'lines');
  lines.append(...order.lines.map(lineOf));
  card.append(head, lines, element('p', 'total', `${money(order.total)} · ${order.via ?? ''}`));
  age(card, nowMs);
  const next = NEXT[order.status];
  if (move && next) {
    const actions = element('div', 'actions');
    const forward = element('button', 'primary', next[1]);
    forward.type = 'button';
    forward.setAttribute('aria-label', `${next[1]} order ${order.number}`);
    forward.addEventListener('click', () => move(order, next[0], forward));
    actions.append(forward);
    if (CANCELLABLE.has(order.status)) {
      const cancel = element('button', 'secondary', 'Cancel');
      cancel.type = 'button';
      cancel.setAttribute('aria-label', `Cancel order ${order.number}`);
      cancel.addEventListener('click', () => {
        if (cancel.dataset.sure) move(order, 'cancelled', cancel);
        else { cancel.dataset.sure = 'true'; cancel.textContent = 'Really cancel?'; }
      });
      actions.append(cancel);
    }
    if (BACK[order.status]) {
      const back = element('button', 'quiet', 'Recall');
      back.type = 'button';
      back.setAttribute('aria-label', `Recall order ${order.number}`);
      back.addEventListener('click', () => move(order, BACK[order.status], back));
      actions.append(back);
    }
    card.append(actions);
  }
  return card;
}

export function age(card, nowMs) {
  const minutes = minutesSince(card.dataset.placedAt, nowMs);
  card.dataset.age = ageOf(minutes);
  card.querySelector('.age').textContent = minutes < 1 ? 'just now' : `${minutes} min`;
}
