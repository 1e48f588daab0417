// The menu: what is sold out, what it says, its versions, import and export.
import { can, send } from '../api.js';
import { notice } from '../shell.js';
import { digitsOf, faultList, field, make, toDecimal } from './dom.js';
import { editItem } from './item.js';
import { attempt } from './work.js';

export async function menuPanel(panel, menuId = 'main') {
  const loaded = await attempt(async () => {
    const shelf = (await send('GET', '/api/v1/menus')).data;
    const known = shelf.menus.find(menu => menu.id === menuId) ?? shelf.menus[0];
    const source = known ? await send('GET', `/api/v1/menus/${encodeURIComponent(known.id)}`) : null;
    return { shelf, source };
  }, { again: () => menuPanel(panel, menuId) });
  if (!loaded) return undefined;
  const { source } = loaded;
  let { shelf } = loaded;
  let tag = source?.response.headers.get('ETag') ?? '"0"';
  const shown = source?.data.menuId ?? menuId;
  const menu = source?.data.menu ?? null;
  let dirty = new Set();

  const table = make('div');
  const faults = make('div', { role: 'alert' });
  const save = make('button', { type: 'button', class: 'primary', id: 'menu-save', disabled: true, onclick: () => store() }, 'Save changes');
  const importText = make('textarea', { class: 'code', id: 'import-text', spellcheck: false });
  const importFaults = make('div', { role: 'alert', id: 'import-faults' });
  panel.replaceChildren(...[head(), menu && make('section', { class: 'card' }, table, faults, make('div', { class: 'buttons' }, save)), versions(), importer()].filter(Boolean));
  if (menu) draw();

  function head() {
    const choose = make('select', { id: 'menu-choice', 'aria-label': 'Menu', onchange: () => { if (leave()) menuPanel(panel, choose.value); else choose.value = shown; } },
      ...shelf.menus.map(one => make('option', { value: one.id }, one.id)));
    choose.value = shown;
    const inForce = shelf.inForceMenu === shown ? `in force, version ${shelf.inForceVersion}` : `not in force (${shelf.inForceMenu ?? 'none'} is)`;
    return make('section', { class: 'card' }, make('div', { class: 'row' }, make('h2', {}, 'Menu'), choose, make('span', { class: 'hint', id: 'in-force' }, inForce),
      shelf.inForceMenu !== shown && menu ? make('button', { type: 'button', class: 'secondary', onclick: switchTo }, 'Put in force now') : null,
      menu ? make('button', { type: 'button', class: 'secondary', onclick: download }, 'Export') : null));
  }

  function draw() {
    const digits = digitsOf(menu.currency);
    const out = new Set(shelf.soldOut.filter(mark => mark.kind !== 'option').map(mark => mark.itemId));
    table.replaceChildren(...menu.categories.map(category => make('div', {}, make('h3', {}, category.name), make('table', {}, make('tbody', {}, ...category.items.map(item => row(category, item, digits, out)))))), options());
    save.disabled = dirty.size === 0;
    save.textContent = dirty.size ? `Save ${dirty.size} ${dirty.size === 1 ? 'change' : 'changes'}` : 'Save changes';
  }

  function row(category, item, digits, out) {
    const prices = item.sizes?.length ? item.sizes.map(size => `${size.name} ${toDecimal(size.priceMinor, digits)}`).join(', ') : toDecimal(item.priceMinor ?? 0, digits);
    const mark = make('button', { type: 'button', class: out.has(item.id) ? 'primary' : 'secondary', 'aria-pressed': String(out.has(item.id)), onclick: () => soldOut(item, !out.has(item.id)) }, out.has(item.id) ? 'Sold out' : '86');
    mark.setAttribute('aria-label', out.has(item.id) ? `${item.name} is back` : `${item.name} is sold out`);
    return make('tr', { 'data-item': item.id, 'data-out': String(out.has(item.id) || item.available === false), 'data-changed': String(dirty.has(item.id)) },
      make('td', {}, item.name), make('td', { class: 'number' }, prices), make('td', {}, item.available === false ? 'withdrawn' : ''),
      make('td', { class: 'row' }, can('orders:write') ? mark : null,
        make('button', { type: 'button', class: 'quiet', 'aria-label': `Edit ${item.name}`, onclick: () => edit(category, item) }, 'Edit')));
  }

  // Options by id: what is out is out wherever it is offered.
  function options() {
    const known = new Map(menu.categories.flatMap(category => category.items).flatMap(item => item.groups ?? []).flatMap(group => group.options).map(option => [option.id, option.name]));
    const out = new Set(shelf.soldOut.filter(mark => mark.kind === 'option').map(mark => mark.itemId));
    if (known.size === 0 || !can('orders:write')) return '';
    return make('div', { id: 'options' }, make('h3', {}, 'Options'), make('div', { class: 'row wrap' }, ...[...known].sort((a, b) => a[1].localeCompare(b[1])).map(([id, name]) => make('button', {
      type: 'button', class: out.has(id) ? 'primary' : 'secondary', 'data-option': id, 'aria-pressed': String(out.has(id)), onclick: () => soldOut({ id, name }, !out.has(id), 'options/'),
    }, out.has(id) ? `${name}: sold out` : name))));
  }

  async function soldOut(item, isOut, kind = '') {
    const path = `/api/v1/sold-out/${kind}${encodeURIComponent(item.id)}`;
    const answer = await attempt(() => (isOut ? send('PUT', path, { body: {} }) : send('DELETE', path)), { again: () => soldOut(item, isOut, kind) });
    if (!answer) return;
    shelf = { ...shelf, soldOut: answer.data };
    draw();
    notice(isOut ? `${item.name} is sold out; open orders were told.` : `${item.name} is back.`, 'good');
  }

  async function edit(category, item) {
    const changed = await editItem(item, menu);
    if (!changed) return;
    category.items[category.items.indexOf(item)] = changed;
    dirty.add(changed.id);
    draw();
  }

  async function store(body = menu, after = () => {}) {
    faults.replaceChildren();
    return attempt(async () => {
      try {
        const { data, response } = await send('PUT', `/api/v1/menus/${encodeURIComponent(shown)}`, { body, headers: { 'If-Match': tag } });
        tag = response.headers.get('ETag');
        dirty = new Set();
        after();
        await menuPanel(panel, shown);
        notice(`Saved as version ${data.version}; open orders were told of what changed.`, 'good');
      } catch (problem) {
        if (problem.status === 412) lost(body);
        else if (problem.status === 422 && problem.body?.errors) faults.replaceChildren(make('p', {}, problem.message), faultList(problem.body.errors));
        else throw problem;
      }
    }, { again: () => store(body, after) });
  }

  function lost(body) {
    notice('Somebody else saved this menu meanwhile. Your changes are still here.', 'warn', {
      label: 'Save mine over theirs',
      run: async () => {
        const now = await attempt(() => send('GET', `/api/v1/menus/${encodeURIComponent(shown)}`));
        if (now) { tag = now.response.headers.get('ETag'); await store(body); }
      },
    });
  }

  async function switchTo() {
    if (await attempt(() => send('POST', '/api/v1/menus/switches', { body: { menuId: shown } }))) { await menuPanel(panel, shown); notice(`${shown} is in force.`, 'good'); }
  }

  function versions() {
    const own = shelf.menus.find(one => one.id === shown)?.versions ?? [];
    return make('section', { class: 'card' }, make('h2', {}, 'Versions'), make('table', { id: 'versions' }, make('tbody', {}, ...own.map((version, index) => make('tr', {},
      make('td', {}, `Version ${version.version}`), make('td', {}, version.storedAt ? new Date(version.storedAt).toLocaleString() : ''), make('td', {}, version.storedBy || 'seeded'), make('td', {}, `${version.items} items`),
      make('td', {}, index === 0 ? 'newest' : make('button', { type: 'button', class: 'quiet', onclick: () => revert(version.version) }, 'Bring back')))))));
  }

  async function revert(version) {
    const done = await attempt(() => send('POST', `/api/v1/menus/${encodeURIComponent(shown)}/revert`, { body: { version }, headers: { 'If-Match': tag } }));
    if (done) { await menuPanel(panel, shown); notice(`The text of version ${version} is version ${done.data.version} now.`, 'good'); }
  }

  function importer() {
    const name = make('input', { value: shown, id: 'import-name' });
    return make('section', { class: 'card' }, make('h2', {}, 'Import'), make('p', { class: 'hint' }, 'JSON as it is exported; the format is at ', make('a', { href: '/api/v1/menu-schema' }, '/api/v1/menu-schema'), '.'),
      field('Into the menu', name), field('Menu as JSON', importText), importFaults,
      make('div', { class: 'buttons' }, make('button', { type: 'button', class: 'secondary', id: 'import-check', onclick: () => check() }, 'Check'),
        make('button', { type: 'button', class: 'primary', id: 'import-store', onclick: () => storeImported(name.value.trim()) }, 'Store as a new version')));
  }

  function parsed() {
    try {
      const whole = JSON.parse(importText.value);
      return whole.menu ?? whole;
    } catch (fault) {
      importFaults.replaceChildren(faultList([{ path: '', detail: `This is no JSON: ${fault.message}` }]));
      return null;
    }
  }

  async function check() {
    const body = parsed();
    const answer = body && await attempt(() => send('POST', '/api/v1/menus/validation', { body }));
    if (answer) importFaults.replaceChildren(answer.data.errors.length ? faultList(answer.data.errors) : make('p', { class: 'hint' }, 'No faults.'));
    return answer?.data.errors.length === 0;
  }

  async function storeImported(id) {
    if (!await check()) return;
    const known = shelf.menus.find(one => one.id === id);
    await attempt(async () => {
      try {
        await send('PUT', `/api/v1/menus/${encodeURIComponent(id)}`, { body: parsed(), headers: { 'If-Match': `"${known?.versions[0].version ?? 0}"` } });
        await menuPanel(panel, id);
        notice(`Stored in the menu ${id}.`, 'good');
      } catch (problem) {
        if (problem.status === 422 && problem.body?.errors) importFaults.replaceChildren(faultList(problem.body.errors));
        else throw problem;
      }
    }, { again: () => storeImported(id) });
  }

  function download() {
    const link = make('a', { href: URL.createObjectURL(new Blob([JSON.stringify(menu, null, 2)], { type: 'application/json' })), download: `${shown}.json` });
    link.click();
    URL.revokeObjectURL(link.href);
  }

  function leave() { return dirty.size === 0 || window.confirm('Leave without saving?'); }
  return { isDirty: () => dirty.size > 0, leave };
}
