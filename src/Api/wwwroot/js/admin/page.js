// The office: what the restaurant's people set. Each tab is a panel of its own that loads when it is shown.
import { can, logOut, token } from '../api.js';
import { $, notice, showState, wireShell } from '../shell.js';
import { make } from './dom.js';
import { menuPanel } from './menu.js';
import { settingsPanel } from './settings.js';
import { vouchersPanel } from './vouchers.js';
import { customersPanel } from './customers.js';
import { usersPanel } from './users.js';
import { keysPanel } from './keys.js';
import { webhooksPanel } from './webhooks.js';
import { flagsPanel } from './flags.js';
import { auditPanel } from './audit.js';

const TABS = [
  { id: 'menu', name: 'Menu', scope: 'menu:write', show: menuPanel },
  { id: 'settings', name: 'Settings', scope: 'settings:write', show: settingsPanel },
  { id: 'vouchers', name: 'Vouchers', scope: 'vouchers:write', show: vouchersPanel },
  { id: 'customers', name: 'Customers', scope: 'customers:read', show: customersPanel },
  { id: 'users', name: 'Users', scope: 'users:write', show: usersPanel },
  { id: 'keys', name: 'API keys', scope: 'users:write', show: keysPanel },
  { id: 'webhooks', name: 'Webhooks', scope: 'settings:write', show: webhooksPanel },
  { id: 'audit', name: 'Who did what', scope: 'audit:read', show: auditPanel },
  { id: 'flags', name: 'Flags', scope: 'ops:read', show: flagsPanel },
];
let shown = null;

async function open(tab) {
  if (shown?.leave && !shown.leave()) return;
  shown = null;
  notice(null);
  location.hash = tab.id;
  document.querySelectorAll('#tabs button').forEach(button => button.setAttribute('aria-selected', String(button.dataset.tab === tab.id)));
  $('panel').setAttribute('aria-label', tab.name);
  $('panel').replaceChildren(make('p', { class: 'hint' }, 'Loading …'));
  shown = await tab.show($('panel')) ?? null;
}

function enter() {
  const kept = token.get();
  document.body.dataset.view = kept ? 'office' : 'login';
  $('login').hidden = Boolean(kept);
  $('office').hidden = !kept;
  $('logout').hidden = $('place').hidden = !kept;
  if (!kept) { shown = null; showState('off', 'Not logged in'); $('username').focus(); return undefined; }
  $('place').textContent = kept.restaurantId ?? 'platform';
  showState('on', 'Ready');
  const forMe = TABS.filter(tab => (tab.scope.startsWith('ops:') ? !kept.restaurantId : kept.restaurantId || tab.scope === 'audit:read'));
  $('tabs').replaceChildren(...forMe.map(tab => make('button', {
    type: 'button', role: 'tab', 'data-tab': tab.id, disabled: !can(tab.scope), title: can(tab.scope) ? '' : `Your user lacks the permission ${tab.scope}.`, onclick: () => open(tab),
  }, tab.name)));
  const allowed = forMe.filter(tab => can(tab.scope));
  $('locked').hidden = allowed.length === forMe.length;
  $('locked').textContent = allowed.length === 0 ? 'Your user may not change anything here.' : 'Crossed-out parts need a permission your user does not have.';
  if (allowed.length === 0) { $('panel').replaceChildren(); return undefined; }
  return open(allowed.find(tab => tab.id === location.hash.slice(1)) ?? allowed[0]);
}

$('logout').addEventListener('click', async () => {
  if (shown?.leave && !shown.leave()) return;
  await logOut();
  enter();
});
window.addEventListener('beforeunload', event => { if (shown?.isDirty?.()) event.preventDefault(); });
window.addEventListener('offline', () => showState('lost', 'No connection'));
window.addEventListener('online', () => { showState('on', 'Back online'); notice(null); });
wireShell(enter);
enter();
