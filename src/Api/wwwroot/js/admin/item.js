// One item of the menu in a dialog: name, prices, sizes, options. Answers a changed copy, or null.
import { $ } from '../shell.js';
import { digitsOf, field, make, slug, toDecimal, toMinor } from './dom.js';

const words = list => (list ?? []).join(', ');
const listOf = text => text.split(',').map(word => word.trim()).filter(Boolean);

export function editItem(item, menu) {
  const digits = digitsOf(menu.currency);
  const draft = structuredClone(item);
  const fault = make('p', { class: 'fault', role: 'alert', id: 'item-fault' });
  const name = make('input', { value: draft.name, id: 'item-name' });
  const description = make('input', { value: draft.description ?? '' });
  const aliases = make('input', { value: words(draft.aliases) });
  const allergens = make('input', { value: words(draft.allergens) });
  const tax = make('select', {}, ...Object.keys(menu.tax.classes).map(one => make('option', { value: one }, one)));
  tax.value = draft.taxClass;
  const available = make('input', { type: 'checkbox', checked: draft.available !== false });
  const price = make('input', { value: toDecimal(draft.priceMinor ?? 0, digits), inputMode: 'decimal', id: 'item-price' });
  const sizes = make('div', { class: 'field' });
  (draft.sizes ?? []).forEach(addSize);
  const groups = make('div', { class: 'field' });
  (draft.groups ?? []).forEach(addGroup);

  $('item-form').replaceChildren(
    make('h2', { id: 'item-title' }, `Edit ${item.name}`),
    field('Name', name), field('Description', description), field('Also called, with commas between', aliases), field('Allergens, with commas between', allergens), field('Tax', tax),
    make('label', { class: 'check' }, available, 'On the menu'),
    field(`Price in ${menu.currency}${draft.sizes?.length ? ', unused: it has sizes' : ''}`, price),
    make('h3', {}, 'Sizes'), sizes, make('button', { type: 'button', class: 'secondary', onclick: () => addSize({ id: '', name: '', priceMinor: 0 }) }, 'Add a size'),
    make('h3', {}, 'Options'), groups, make('button', { type: 'button', class: 'secondary', onclick: () => addGroup({ id: '', name: '', min: 0, max: 1, options: [] }) }, 'Add a group'),
    (draft.slots ?? []).length ? make('p', { class: 'hint' }, `A combo of ${draft.slots.map(slot => slot.name).join(', ')}; its slots are changed by export and import.`) : '',
    fault,
    make('div', { class: 'buttons' }, make('button', { type: 'button', class: 'secondary', onclick: () => $('item-dialog').close() }, 'Cancel'), make('button', { class: 'primary', value: 'take', id: 'item-take' }, 'Take over')));

  function addSize(size) {
    const row = make('div', { class: 'row size' }, make('input', { class: 'grow', value: size.name, 'aria-label': 'Name of the size' }),
      make('input', { class: 'small', value: toDecimal(size.priceMinor, digits), inputMode: 'decimal', 'aria-label': `Price of ${size.name}` }),
      make('label', { class: 'check' }, make('input', { type: 'radio', name: 'default-size', checked: Boolean(size.isDefault) }), 'default'),
      make('button', { type: 'button', class: 'quiet', 'aria-label': 'Remove this size', onclick: () => row.remove() }, '×'));
    row.source = size;
    sizes.append(row);
  }

  function addGroup(group) {
    const options = make('div', { class: 'field' });
    const box = make('div', { class: 'group' }, make('div', { class: 'row' }, make('input', { class: 'grow', value: group.name, 'aria-label': 'Name of the group' }),
      make('input', { class: 'small', type: 'number', min: 0, value: group.min ?? 0, 'aria-label': 'Fewest' }), make('input', { class: 'small', type: 'number', min: 1, value: group.max, 'aria-label': 'Most' }),
      make('button', { type: 'button', class: 'quiet', 'aria-label': 'Remove this group', onclick: () => box.remove() }, '×')), options,
    make('button', { type: 'button', class: 'quiet', onclick: () => addOption(options, { id: '', name: '', priceDeltaMinor: 0 }) }, 'Add an option'));
    (group.options ?? []).forEach(option => addOption(options, option));
    box.source = group;
    groups.append(box);
  }

  function addOption(into, option) {
    const row = make('div', { class: 'row option' }, make('input', { class: 'grow', value: option.name, 'aria-label': 'Name of the option' }),
      make('input', { class: 'small', value: toDecimal(option.priceDeltaMinor ?? 0, digits), inputMode: 'decimal', 'aria-label': `Price of ${option.name || 'the option'}` }),
      make('label', { class: 'check' }, make('input', { type: 'checkbox', checked: Boolean(option.isDefault) }), 'included'),
      make('button', { type: 'button', class: 'quiet', 'aria-label': 'Remove this option', onclick: () => row.remove() }, '×'));
    row.source = option;
    into.append(row);
  }

  function amount(input, what) {
    const minor = toMinor(input.value, digits);
    if (minor === null) throw new Error(`The price of ${what} must be a number such as ${toDecimal(749, digits)}.`);
    return minor;
  }

  function taken() {
    return {
      ...draft, name: name.value.trim(), description: description.value.trim(), aliases: listOf(aliases.value), allergens: listOf(allergens.value), taxClass: tax.value, available: available.checked,
      priceMinor: amount(price, name.value),
      sizes: [...sizes.children].map(row => {
        const [title, cost, preset] = [row.children[0].value.trim(), row.children[1], row.querySelector('input[type=radio]').checked];
        return { ...row.source, id: row.source.id || slug(title), name: title, priceMinor: amount(cost, title), isDefault: preset };
      }),
      groups: [...groups.children].map(box => {
        const [title, least, most] = [...box.children[0].querySelectorAll('input')].map(input => input.value.trim());
        return {
          ...box.source, id: box.source.id || slug(title), name: title, min: Number(least), max: Number(most),
          options: [...box.querySelectorAll('.option')].map(row => {
            const text = row.children[0].value.trim();
            return { ...row.source, id: row.source.id || slug(text), name: text, priceDeltaMinor: amount(row.children[1], text), isDefault: row.querySelector('input[type=checkbox]').checked };
          }),
        };
      }),
    };
  }

  return new Promise(resolve => {
    let result = null;
    $('item-form').onsubmit = event => {
      try {
        result = taken();
      } catch (wrong) {
        event.preventDefault();
        fault.textContent = wrong.message;
      }
    };
    $('item-dialog').onclose = () => resolve(result);
    $('item-dialog').showModal();
    name.focus();
  });
}
