// What every page has: the notice bar, the connection state and the log-in form.
import { logIn } from './api.js';

export const $ = id => document.getElementById(id);

/** Shows a sentence with at most one action; null hides it. */
export function notice(text, kind = 'warn', action) {
  $('notice').hidden = !text;
  $('notice').dataset.kind = kind;
  $('notice-text').textContent = text ?? '';
  $('notice-action').hidden = !action;
  $('notice-action').textContent = action?.label ?? '';
  $('notice-action').onclick = action ? () => { notice(null); action.run(); } : null;
}

/** `name` is 'off' | 'connecting' | 'on' | 'lost'. */
export function showState(name, text) {
  $('state').dataset.state = name;
  $('state-text').textContent = text;
}

/** Wires the log-in form, the notice's dismiss button and the end of a token; `enter` shows the page as the present token allows. */
export function wireShell(enter) {
  $('login-form').addEventListener('submit', async event => {
    event.preventDefault();
    $('login-error').textContent = '';
    $('login-button').disabled = true;
    try {
      await logIn($('username').value.trim(), $('password').value);
      $('password').value = '';
      await enter();
      $('main').focus({ preventScroll: true });
    } catch (problem) {
      $('login-error').textContent = problem.message;
    } finally {
      $('login-button').disabled = false;
    }
  });
  $('notice-close').addEventListener('click', () => notice(null));
  window.addEventListener('vo:expired', () => { notice('Please log in again; nothing is lost.'); enter(); });
}
