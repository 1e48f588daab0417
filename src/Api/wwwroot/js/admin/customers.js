// Customers by phone number: what they had, what they must be told of, a voucher for a mishap.
import { can, money, newKey, send } from '../api.js';
import { notice } from '../shell.js';
import { digitsOf, field, make, toMinor } from './dom.js';
import { attempt } from './work.js';
import { issue, spaced } from './vouchers.js';

const described = lines => lines.map(line => `${line.quantity} × ${line.sizeName ? `${line.sizeName} ` : ''}${line.name}`).join(', ');

export async function customersPanel(panel, { phone = '' } = {}) {
  const number = make('input', { id: 'customer-phone', type: 'tel', autocomplete: 'off', value: phone });
  const fault = make('p', { class: 'fault', role: 'alert' });
  const card = make('div', { id: 'customer' });
  panel.replaceChildren(make('form', { class: 'card', novalidate: true, onsubmit: event => { event.preventDefault(); find(); } }, make('h2', {}, 'Customers'),
    make('div', { class: 'row' }, field('Phone number', number), make('button', { class: 'primary', id: 'customer-find' }, 'Look up')), fault,
    make('p', { class: 'hint' }, 'With the country code, or as you dial it from the restaurant when its own number is in the settings.')), card);

  async function find() {
    fault.textContent = '';
    card.replaceChildren();
    if (!number.value.trim()) { number.focus(); return; }
    await attempt(async () => {
      try {
        const { data, response } = await send('POST', '/api/v1/customers/look-up', { body: { phone: number.value } });
        show(data, response.headers.get('ETag'));
      } catch (problem) {
        if (problem.network) throw problem;
        if (problem.code === 'CUSTOMER_UNKNOWN') show({ customer: { phone: number.value, name: '', allergens: [] }, lastOrders: [], usual: [] }, '"0"');
        else fault.textContent = problem.message;
      }
    }, { again: find });
  }

  function show({ customer, lastOrders, usual }, tag) {
    const name = make('input', { id: 'customer-name', value: customer.name, maxLength: 100, disabled: !can('customers:write') });
    const allergens = make('input', { id: 'customer-allergens', value: customer.allergens.join(', '), disabled: !can('customers:write') });
    const wrong = make('p', { class: 'fault', role: 'alert' });
    card.replaceChildren(
      make('form', { class: 'card', novalidate: true, onsubmit: event => { event.preventDefault(); save(); } }, make('h2', {}, customer.customerId ? customer.phone : 'A new customer'),
        make('div', { class: 'row' }, field('Name', name), field('Allergens, separated by commas', allergens)), wrong,
        make('div', { class: 'buttons' }, make('button', { class: 'primary', id: 'customer-save', disabled: !can('customers:write') }, 'Save'),
          customer.customerId && make('button', { type: 'button', class: 'quiet', id: 'customer-forget', disabled: !can('customers:write'), onclick: forget }, 'Forget'))),
      ...(customer.customerId ? [history(), voucher()] : []));

    function history() {
      return make('section', { class: 'card' }, make('h2', {}, 'Ordered before'), make('p', { id: 'customer-usual' }, usual.length ? `The usual: ${described(usual)}` : lastOrders.length ? 'Nothing came twice yet.' : 'Nothing yet.'),
        make('ol', { id: 'customer-orders' }, ...lastOrders.map(order => make('li', {}, `${new Date(order.placedAt).toLocaleDateString()}: ${described(order.lines)} – ${money(order.total)}`))));
    }

    function voucher() {
      const amount = make('input', { id: 'customer-voucher', inputMode: 'decimal' });
      let key = newKey();
      amount.addEventListener('input', () => { key = newKey(); });
      const said = make('p', { role: 'status', id: 'customer-voucher-said' });
      return make('form', {
        class: 'card', novalidate: true, onsubmit: event => { event.preventDefault(); give(); },
      }, make('h2', {}, 'A voucher only for this customer'),
      make('div', { class: 'row' }, field('Amount', amount), make('button', { class: 'secondary', disabled: !can('vouchers:write') }, 'Give')), said);

      async function give() {
        const menu = await attempt(() => send('GET', '/api/v1/menu'), { again: give });
        if (!menu) return;
        const minor = toMinor(amount.value, digitsOf(menu.data.menu.currency));
        if (!(minor > 0)) { amount.focus(); return; }
        const made = await attempt(() => issue({ amountMinor: minor, customerId: customer.customerId, note: 'Given by hand' }, key), { again: give });
        if (made) said.textContent = `${money(made.amount)}: ${spaced(made.code)}`;
      }
    }

    async function save() {
      wrong.textContent = '';
      const body = { phone: customer.phone, name: name.value.trim(), allergens: allergens.value.split(',').map(word => word.trim()).filter(Boolean) };
      await attempt(async () => {
        try {
          await send('PUT', '/api/v1/customers', { body, headers: { 'If-Match': tag } });
          await find();
          notice('Saved.', 'good');
        } catch (problem) {
          if (problem.network) throw problem;
          if (problem.status === 412) notice('Somebody else changed this customer meanwhile.', 'bad', { label: 'Show theirs', run: find });
          else wrong.textContent = problem.message;
        }
      }, { again: save });
    }

    async function forget() {
      if (!window.confirm('Forget this customer? Number, name and allergens are deleted, their vouchers end, their orders stay without them.')) return;
      if (await attempt(() => send('DELETE', `/api/v1/customers/${encodeURIComponent(customer.customerId)}`))) { await customersPanel(panel); notice('The customer is forgotten.', 'good'); }
    }
  }
}
