// Vouchers: issued, redeemed by an order, taken back.
import { money, newKey, send } from '../api.js';
import { notice } from '../shell.js';
import { digitsOf, field, make, toMinor } from './dom.js';
import { attempt } from './work.js';

const DAY_MS = 86_400_000;
export const spaced = code => code.replace(/(\d{4})(?=\d)/g, '$1 ');
export const worth = voucher => (voucher.amount ? money(voucher.amount) : `${voucher.basisPoints / 100} %`);

const when = voucher => {
  if (voucher.status === 'redeemed') return `by order ${voucher.orderId.slice(-6)}`;
  if (voucher.status === 'issued' && voucher.expiresAt) return new Date(voucher.expiresAt) > new Date() ? `until ${new Date(voucher.expiresAt).toLocaleDateString()}` : 'expired';
  return '';
};

/** Asks for a voucher with one key for every try of the same intention. */
export async function issue(body, key) {
  const { data } = await send('POST', '/api/v1/vouchers', { body, headers: { 'Idempotency-Key': key } });
  return data;
}

export async function vouchersPanel(panel, { status = '', made } = {}) {
  const loaded = await attempt(async () => ({
    page: (await send('GET', `/api/v1/vouchers${status ? `?status=${status}` : ''}`)).data,
    currency: (await send('GET', '/api/v1/menu')).data.menu.currency,
  }), { again: () => vouchersPanel(panel, { status, made }) });
  if (!loaded) return;
  const { currency } = loaded;
  const digits = digitsOf(currency);
  let rest = loaded.page.nextCursor;
  // One intention is one request, however often it is tried: the same key and the same instant.
  let key = newKey();
  let began = Date.now();

  const kind = make('select', { id: 'voucher-kind' }, make('option', { value: 'amount' }, `Amount in ${currency}`), make('option', { value: 'percent' }, 'Percent'));
  const value = make('input', { id: 'voucher-value', inputMode: 'decimal' });
  const minimum = make('input', { id: 'voucher-minimum', inputMode: 'decimal', value: '0' });
  const days = make('input', { id: 'voucher-days', inputMode: 'numeric', placeholder: 'no end' });
  const note = make('input', { id: 'voucher-note', maxLength: 200 });
  const fault = make('p', { class: 'fault', role: 'alert' });
  const filter = make('select', { id: 'voucher-filter', 'aria-label': 'Which vouchers', onchange: () => vouchersPanel(panel, { status: filter.value }) },
    ...[['', 'All'], ['issued', 'Issued'], ['redeemed', 'Redeemed'], ['voided', 'Voided']].map(([word, name]) => make('option', { value: word }, name)));
  filter.value = status;
  const rows = make('tbody', {}, ...loaded.page.vouchers.map(row));
  const more = make('button', { type: 'button', class: 'quiet', id: 'voucher-more', hidden: !rest, onclick: showMore }, 'Show more');

  panel.replaceChildren(...[
    made && make('section', { class: 'card' }, make('h2', {}, `A voucher of ${worth(made)}`), make('code', { class: 'secret', id: 'new-voucher' }, spaced(made.code)),
      make('p', { class: 'hint' }, 'The last digit checks the others, so a wrong one is noticed on the phone.')),
    make('form', { class: 'card', novalidate: true, onsubmit: event => { event.preventDefault(); add(); }, oninput: () => { key = newKey(); began = Date.now(); } }, make('h2', {}, 'Issue a voucher'),
      make('div', { class: 'row' }, field('Kind', kind), field('Worth', value), field(`From a subtotal of (${currency})`, minimum), field('Valid for days', days)),
      field('What it is for', note), fault, make('div', { class: 'buttons' }, make('button', { class: 'primary', id: 'voucher-issue' }, 'Issue'))),
    make('section', { class: 'card' }, make('div', { class: 'row' }, make('h2', {}, 'Vouchers'), filter),
      loaded.page.vouchers.length === 0 ? make('p', { class: 'hint' }, 'There are none.') : make('table', { id: 'vouchers' },
        make('thead', {}, make('tr', {}, ...['Code', 'Worth', 'From', 'Status', '', 'Note', ''].map(head => make('th', {}, head)))), rows), more),
  ].filter(Boolean));

  function row(voucher) {
    return make('tr', { 'data-voucher': voucher.code, 'data-out': String(voucher.status !== 'issued') },
      make('td', {}, make('code', {}, spaced(voucher.code))), make('td', {}, worth(voucher)), make('td', {}, voucher.minimum.amountMinor ? money(voucher.minimum) : ''),
      make('td', {}, voucher.status), make('td', {}, when(voucher)), make('td', {}, voucher.note),
      make('td', {}, voucher.status === 'issued' ? make('button', { type: 'button', class: 'quiet', onclick: () => take(voucher) }, 'Take back') : ''));
  }

  async function showMore() {
    more.disabled = true;
    const next = await attempt(() => send('GET', `/api/v1/vouchers?cursor=${encodeURIComponent(rest)}${status ? `&status=${status}` : ''}`), { again: showMore });
    more.disabled = false;
    if (!next) return;
    rows.append(...next.data.vouchers.map(row));
    rest = next.data.nextCursor;
    more.hidden = !rest;
  }

  async function take(voucher) {
    if (!window.confirm(`Take the voucher …${voucher.code.slice(-4)} back? Nobody can redeem it then.`)) return;
    if (await attempt(() => send('POST', '/api/v1/vouchers/void', { body: { code: voucher.code } }))) {
      await vouchersPanel(panel, { status });
      notice(`The voucher …${voucher.code.slice(-4)} is no longer valid.`, 'good');
    }
  }

  function read() {
    const from = toMinor(minimum.value || '0', digits);
    const isPercent = kind.value === 'percent';
    const worthOf = isPercent ? toMinor(value.value, 2) : toMinor(value.value, digits);
    if (worthOf === null || worthOf <= 0) return { wrong: 'What is it worth?', at: value };
    if (from === null || from < 0) return { wrong: 'From which subtotal does it count?', at: minimum };
    if (days.value && !/^\d{1,4}$/.test(days.value.trim())) return { wrong: 'For how many days?', at: days };
    const expiresAt = days.value ? new Date(began + Number(days.value) * DAY_MS).toISOString() : undefined;
    return { body: { ...(isPercent ? { basisPoints: worthOf } : { amountMinor: worthOf }), minimumMinor: from, expiresAt, note: note.value.trim() } };
  }

  async function add() {
    fault.textContent = '';
    const asked = read();
    if (asked.wrong) { fault.textContent = asked.wrong; asked.at.focus(); return; }
    await attempt(async () => {
      try {
        await vouchersPanel(panel, { made: await issue(asked.body, key) });
      } catch (problem) {
        if (problem.network) throw problem;
        fault.textContent = problem.message;
      }
    }, { again: add });
  }
}
