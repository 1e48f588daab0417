// The order page: log-in → talk or type → review → exactly one order.
import { can, logOut, money, newKey, send, token } from '../api.js';
import { listen } from '../events.js';
import { $, notice, showState, wireShell } from '../shell.js';
import { Call, microphoneFault } from './call.js';
import { Cart, describe } from './cart.js';
import { Meter } from './meter.js';
import { forget, openOrResume } from './session.js';
import { Transcript } from './transcript.js';
import { VoucherBox } from './voucher.js';

const STATES = { off: 'Not connected', connecting: 'Connecting …', on: 'Connected – speak freely', lost: 'Connection lost', typing: 'Ready – type or talk' };
const transcript = new Transcript($('transcript'));
const meter = new Meter($('wave'), $('level'), $('level-bar'));
const cart = new Cart({ list: $('cart-lines'), empty: $('cart-empty'), sums: $('sums'), subtotal: $('subtotal'), tax: $('tax'), total: $('total'), count: $('cart-count'), said: $('cart-said'), review: $('review') }, text => notice(text, 'bad'));
cart.parts.push(new VoucherBox({ box: $('voucher-box'), form: $('voucher-form'), code: $('voucher-code'), fault: $('voucher-fault'), row: $('discount-row'), what: $('discount-what'), off: $('discount'), remove: $('voucher-remove') }, cart));
let session = null;
let call = null;
let feed = null;
let submission = null;

const state = (name, text = STATES[name]) => showState(name === 'typing' ? 'off' : name, text);

function talkReason() {
  if (!can('orders:create')) return 'Your user may not place orders (scope orders:create is missing), so talking and ordering are switched off.';
  if (!navigator.mediaDevices?.getUserMedia || !window.RTCPeerConnection) return microphoneFault(null);
  return '';
}

function showTalk() {
  const reason = talkReason();
  const active = call !== null;
  $('talk').disabled = reason !== '' || !session;
  $('talk').dataset.on = String(active);
  $('talk').setAttribute('aria-pressed', String(active));
  $('talk-label').textContent = active ? 'Hang up' : session?.resumed ? 'Continue talking' : 'Start talking';
  $('talk-reason').textContent = reason || (!session && 'One moment …') || (active ? 'Say what you would like; you can interrupt at any time.' : 'Your browser will ask for the microphone.');
  $('typed').disabled = $('send').disabled = !can('orders:create') || !session;
}

async function enter() {
  const kept = token.get();
  document.body.dataset.view = kept ? 'order' : 'login';
  $('login').hidden = Boolean(kept);
  $('order').hidden = !kept;
  $('logout').hidden = !kept;
  $('place').hidden = !kept;
  showTalk();
  if (!kept) { state('off'); $('username').focus(); return; }
  $('place').textContent = kept.restaurantId ?? 'no restaurant';
  if (!can('orders:create')) { state('off', 'May not order'); return; }
  try {
    session = await openOrResume();
  } catch (problem) {
    notice(problem.message, 'bad', { label: 'Try again', run: enter });
    return;
  }
  submission = null;
  cart.attach(session.sessionId);
  transcript.reset(session.transcript);
  cart.show(session.cart);
  if (session.resumed) transcript.note('Welcome back. Your order is as you left it.');
  feed?.stop();
  feed = listen(`/api/v1/sessions/${session.sessionId}/events`, { onEvent: hear, onState: feedState, afterId: session.lastEventId });
  state('typing');
  showTalk();
}

function feedState(how, status) {
  if (how === 'lost') { if (!call) state('lost', 'Reconnecting …'); }
  else if (how === 'on') { if (!call) state('typing'); }
  else if (status !== 401) notice('This session is over.', 'warn', { label: 'Start again', run: startOver });
}

function hear({ name, data }) {
  switch (name) {
    case 'transcript.delta': transcript.delta(data); break;
    case 'transcript.done': transcript.done(data); break;
    case 'cart.changed': cart.show(data); break;
    case 'order.placed': placed(data); break;
    case 'session.phase': if (data.phase === 'ended') hangUp(); break;
    case 'error': transcript.note(data.message); break;
    default: break;
  }
}

async function talk() {
  if (call) { await hangUp(); return; }
  notice(null);
  const mine = call = new Call(session.sessionId, session.iceServers, $('voice'));
  const over = () => { if (call === mine) { call = null; meter.stop(); showTalk(); } };
  mine.addEventListener('state', ({ detail }) => {
    if (detail === 'ended') { over(); state('typing'); }
    else if (detail === 'lost') { over(); state('lost'); notice('The call was cut off. Your order is kept.', 'warn', { label: 'Call again', run: talk }); }
    else state(detail);
  });
  mine.addEventListener('fault', ({ detail }) => notice(`${detail.message} Your order is kept.`, 'bad', { label: 'Try again', run: talk }));
  mine.addEventListener('silent', () => notice('The browser blocked the sound.', 'warn', { label: 'Play sound', run: () => $('voice').play() }));
  showTalk();
  try {
    await mine.start();
    if (mine.stream?.active) meter.start(mine.stream);
  } catch (error) {
    await mine.hangUp();
    over();
    state('typing');
    notice(error.code && typeof error.code === 'string' ? error.message : microphoneFault(error), 'bad', { label: 'Try again', run: talk });
  }
}

async function hangUp() {
  await call?.hangUp();
}

async function type(event) {
  event.preventDefault();
  const text = $('typed').value.trim();
  if (!text) return;
  $('send').disabled = true;
  try {
    await send('POST', `/api/v1/sessions/${session.sessionId}/messages`, { body: { text } });
    $('typed').value = '';
  } catch (problem) {
    notice(problem.message, 'bad', problem.network ? { label: 'Send again', run: () => $('type-form').requestSubmit() } : undefined);
  } finally {
    $('send').disabled = false;
    $('typed').focus();
  }
}

function review() {
  const view = cart.view;
  $('review-lines').replaceChildren(...view.lines.map(line => {
    const row = document.createElement('li');
    const what = document.createElement('span');
    what.textContent = `${line.quantity} × ${line.name}`;
    const detail = document.createElement('small');
    detail.textContent = describe(line);
    what.append(detail);
    const price = document.createElement('span');
    price.textContent = money(line.linePrice);
    row.append(what, price);
    return row;
  }));
  $('review-total').textContent = money(view.total);
  $('review-tax').textContent = [view.tax?.amountMinor && `including ${money(view.tax)} tax`, view.discount?.amountMinor && `after ${money(view.discount)} off`].filter(Boolean).join(', ');
  $('review-error').textContent = '';
  $('submit').textContent = 'Place the order';
  $('submit').disabled = false;
  if (!$('review-dialog').open) $('review-dialog').showModal();
  $('submit').focus();
}

// One key for one reviewed cart: however often it is sent, one order comes of it.
async function submit() {
  const { version } = cart.view;
  if (submission?.version !== version) submission = { version, key: newKey() };
  $('submit').disabled = true;
  $('review-error').textContent = '';
  try {
    const { data } = await send('POST', `/api/v1/sessions/${session.sessionId}/submit`, { body: { cartVersion: version }, headers: { 'Idempotency-Key': submission.key } });
    placed(data);
  } catch (problem) {
    $('submit').disabled = false;
    if (problem.network || problem.status >= 500 || problem.code === 'SUBMISSION_IN_FLIGHT') {
      $('review-error').textContent = 'The order could not be sent. Nothing is lost: try again, it will be placed only once.';
      $('submit').textContent = 'Try again';
      $('submit').focus();
    } else if (problem.status === 412 || problem.code?.startsWith('VOUCHER_')) {
      const { data } = await send('GET', `/api/v1/sessions/${session.sessionId}/cart`).catch(() => ({}));
      if (data) cart.show(data);
      review();
      $('review-error').textContent = problem.status === 412 ? 'The order changed in the meantime. Please check it again.' : problem.message;
    } else {
      $('review-error').textContent = problem.message;
    }
  }
}

function placed(order) {
  if ($('placed-dialog').open) return;
  forget();
  if ($('review-dialog').open) $('review-dialog').close();
  $('order-number').textContent = order.number;
  $('placed-total').textContent = `Total ${money(order.total)}`;
  $('placed-dialog').dataset.orderId = order.orderId;
  $('placed-dialog').showModal();
  $('again').focus();
}

async function startOver() {
  await hangUp();
  forget();
  feed?.stop();
  session = null;
  await enter();
}

async function leave() {
  // While the token is still good.
  await hangUp();
  feed?.stop();
  await logOut();
  session = null;
  enter();
}

$('talk').addEventListener('click', talk);
$('type-form').addEventListener('submit', type);
$('review').addEventListener('click', review);
$('submit').addEventListener('click', submit);
$('placed-dialog').addEventListener('close', startOver);
$('logout').addEventListener('click', leave);
window.addEventListener('offline', () => notice('You are offline. Your order is kept.'));
window.addEventListener('online', () => notice(null));
window.addEventListener('pagehide', () => call?.hangUp());
wireShell(enter);
enter();
