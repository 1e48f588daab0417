// Name, greeting, hours, phones, notice and prompt of the restaurant, saved as a whole.
import { send } from '../api.js';
import { notice } from '../shell.js';
import { digitsOf, faultList, field, make, showFaults, toDecimal, toMinor } from './dom.js';
import { attempt } from './work.js';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

export async function settingsPanel(panel) {
  const loaded = await attempt(() => send('GET', '/api/v1/settings'), { again: () => settingsPanel(panel) });
  if (!loaded) return undefined;
  // Without a menu there is no currency yet, and no voucher that could be given.
  const currency = await send('GET', '/api/v1/menu').then(({ data }) => data.menu.currency, () => null);
  const digits = currency ? digitsOf(currency) : 2;
  let tag = loaded.response.headers.get('ETag');
  let dirty = false;
  const { settings } = loaded.data;
  const text = (value, extra = {}) => make('input', { value: value ?? '', oninput: touched, ...extra });
  const inputs = {
    name: text(settings.name, { id: 'set-name' }), language: text(settings.language), timeZone: text(settings.timeZone), greeting: text(settings.greeting, { id: 'set-greeting' }),
    notice: text(settings.notice, { id: 'set-notice' }),
    prompt: make('textarea', { value: settings.prompt ?? '', oninput: touched }),
    phones: make('textarea', { value: (settings.phones ?? []).join('\n'), oninput: touched }),
    priceRule: make('select', { onchange: touched },
      make('option', { value: 'agreed' }, 'The price of the moment it was added holds'),
      make('option', { value: 'reconfirm' }, 'The customer has to agree to the new price')),
  };
  inputs.goodwill = text(toDecimal(settings.goodwillVoucherMinor ?? 0, digits), { id: 'set-goodwill', inputMode: 'decimal' });
  inputs.priceRule.value = settings.priceRule ?? 'agreed';
  const hours = make('div', { class: 'field', id: 'set-hours' });
  (settings.hours ?? []).forEach(range => addRange(range));
  const rest = make('div');
  const form = make('form', { class: 'card', id: 'settings-form', novalidate: true, onsubmit: event => { event.preventDefault(); save(); } },
    make('h2', {}, 'Settings'),
    make('p', { class: 'hint', id: 'open-now' }, loaded.data.isOpen ? 'Orders are taken now.' : 'Closed now: no orders are taken.'),
    field('Name', inputs.name, '/name'), field('Greeting, the first spoken sentence', inputs.greeting, '/greeting'),
    make('div', { class: 'row' }, wrap('grow', field('Language', inputs.language, '/language')), wrap('grow', field('Time zone', inputs.timeZone, '/timeZone'))),
    field('Notice, told to every caller', inputs.notice, '/notice'),
    field('Advice for the assistant', inputs.prompt, '/prompt'),
    field('Phone numbers, one a line', inputs.phones, '/phones'),
    field('When a price changes while somebody is ordering', inputs.priceRule, '/priceRule'),
    field(`Voucher the assistant may give for a mishap${currency ? ` (${currency})` : ''}, 0 for none`, inputs.goodwill, '/goodwillVoucherMinor'),
    make('div', { class: 'field' }, make('span', {}, make('strong', {}, 'Opening hours'), ' – none means always open'), hours,
      make('p', { class: 'fault', role: 'alert', hidden: true, 'data-path': '/hours' }),
      make('button', { type: 'button', class: 'secondary', onclick: () => { addRange({ day: 'monday', from: '11:00', until: '22:00' }); touched(); } }, 'Add hours')),
    rest,
    make('div', { class: 'buttons' }, make('button', { class: 'primary', id: 'settings-save' }, 'Save')));
  form.querySelector('.fault[data-path="/hours"]').dataset.path = '/hours';
  panel.replaceChildren(form);

  function touched() { dirty = true; }

  function wrap(name, element) { element.classList.add(name); return element; }

  function addRange({ day, from, until }) {
    const days = make('select', { 'aria-label': 'Day', onchange: touched }, ...DAYS.map(name => make('option', { value: name }, name[0].toUpperCase() + name.slice(1))));
    days.value = day;
    const row = make('div', { class: 'row range' }, days,
      make('input', { type: 'time', class: 'small', value: from, 'aria-label': 'From', oninput: touched }), make('input', { type: 'time', class: 'small', value: until, 'aria-label': 'Until', oninput: touched }),
      make('button', { type: 'button', class: 'quiet', 'aria-label': 'Remove these hours', onclick: () => { row.remove(); touched(); } }, '×'));
    days.classList.add('small');
    hours.append(row);
  }

  function entered() {
    return {
      name: inputs.name.value, language: inputs.language.value, timeZone: inputs.timeZone.value, greeting: inputs.greeting.value, notice: inputs.notice.value, prompt: inputs.prompt.value,
      phones: inputs.phones.value.split('\n').map(line => line.trim()).filter(Boolean), priceRule: inputs.priceRule.value,
      // What is no amount is sent as one that cannot be, so that the server names the field.
      goodwillVoucherMinor: toMinor(inputs.goodwill.value || '0', digits) ?? -1,
      hours: [...hours.querySelectorAll('.range')].map(row => ({ day: row.children[0].value, from: row.children[1].value || '00:00', until: row.children[2].value || '00:00' })),
    };
  }

  async function save() {
    showFaults(form, []);
    rest.replaceChildren();
    await attempt(async () => {
      try {
        const { data, response } = await send('PUT', '/api/v1/settings', { body: entered(), headers: { 'If-Match': tag } });
        tag = response.headers.get('ETag');
        dirty = false;
        form.querySelector('#open-now').textContent = data.isOpen ? 'Orders are taken now.' : 'Closed now: no orders are taken.';
        notice('Saved.', 'good');
      } catch (problem) {
        if (problem.status === 412) lost();
        else if (problem.status === 422 && problem.body?.errors) rest.replaceChildren(faultList(showFaults(form, problem.body.errors)));
        else throw problem;
      }
    }, { again: save });
  }

  function lost() {
    notice('Somebody else saved the settings meanwhile. What you entered is still here.', 'warn', {
      label: 'Save mine over theirs',
      run: async () => {
        const now = await attempt(() => send('GET', '/api/v1/settings'));
        if (now) { tag = now.response.headers.get('ETag'); await save(); }
      },
    });
  }

  return { isDirty: () => dirty, leave: () => !dirty || window.confirm('Leave without saving?') };
}
