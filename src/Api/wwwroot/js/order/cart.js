// The live cart. The server owns it; hand edits show at once and roll back when refused.
import { money, newKey, send } from '../api.js';

const SURE = 0.75;

function so(amount, name) {
  return amount === 'side' ? `${name} on the side` : amount ? `${amount} ${name}` : name;
}

export function describe(line) {
  const parts = [];
  if (line.sizeName) parts.push(line.sizeName);
  const amount = id => line.amounts?.find(a => a.id === id)?.amount;
  const wishes = line.requests ?? [];
  const included = (line.amounts ?? []).filter(a => !line.options?.some(o => o.id === a.id));
  const having = [...(line.options ?? []).map(o => so(amount(o.id), o.name)), ...included.map(a => so(a.amount, a.name)), ...wishes.filter(w => w.kind !== 'none').map(w => so(w.kind, w.subject))];
  const lacking = [...(line.without ?? []).map(o => o.name), ...wishes.filter(w => w.kind === 'none').map(w => w.subject)];
  if (having.length) parts.push(`with ${having.join(', ')}`);
  if (lacking.length) parts.push(`no ${lacking.join(', ')}`);
  return parts.join(' · ');
}

export class Cart {
  #known = new Set();

  constructor({ list, empty, sums, subtotal, tax, total, count, said, review }, onFault) {
    Object.assign(this, { list, empty, sums, subtotal, tax, total, count, said, review, onFault });
    this.view = null;
    /** Further parts of the page that show the cart. */
    this.parts = [];
  }

  attach(sessionId) {
    this.sessionId = sessionId;
    this.view = null;
    this.#known.clear();
  }

  /** Shows a cart unless a newer one is shown already. */
  show(view) {
    if (this.view && view.version < this.view.version) return;
    this.view = view;
    this.list.replaceChildren(...view.lines.map(line => this.#row(line)));
    const items = view.lines.reduce((sum, line) => sum + line.quantity, 0);
    this.empty.hidden = items > 0;
    this.sums.hidden = items === 0;
    this.count.textContent = items ? `(${items})` : '';
    this.subtotal.textContent = money(view.subtotal);
    this.tax.textContent = money(view.tax);
    this.total.textContent = money(view.total);
    this.review.disabled = items === 0;
    this.parts.forEach(part => part.show(view));
    const text = items ? `${items} ${items === 1 ? 'item' : 'items'}, total ${money(view.total)}` : 'Your order is empty';
    if (this.said.textContent !== text) this.said.textContent = text;
  }

  #row(line) {
    const row = document.createElement('li');
    row.className = 'line';
    row.dataset.lineId = line.lineId;
    row.dataset.itemId = line.itemId;
    if (!this.#known.has(line.lineId)) { row.dataset.new = 'true'; this.#known.add(line.lineId); }
    row.append(this.#text('name', `${line.quantity} × ${line.name}`), this.#text('price', money(line.linePrice)), this.#text('detail', describe(line)));
    const edit = document.createElement('div');
    edit.className = 'edit';
    edit.append(
      this.#button('−', `One ${line.name} less`, () => this.#quantity(row, line, line.quantity - 1)),
      this.#text('quantity', String(line.quantity)),
      this.#button('+', `One ${line.name} more`, () => this.#quantity(row, line, line.quantity + 1)),
      this.#button('Remove', `Remove ${line.name}`, () => this.#quantity(row, line, 0)));
    if (line.confidence !== undefined && line.confidence !== null) {
      const sure = this.#text('sure', line.confidence >= SURE ? `heard ${Math.round(line.confidence * 100)} %` : `please check: ${Math.round(line.confidence * 100)} %`);
      sure.dataset.sure = String(line.confidence >= SURE);
      edit.append(sure);
    }
    row.append(edit);
    if (line.notice) row.append(this.#notice(line));
    return row;
  }

  // The menu changed under the order: what is wrong with the line, and for a price the way to agree.
  #notice(line) {
    const box = this.#text('line-notice', line.notice.sentence);
    box.setAttribute('role', 'alert');
    if (line.notice.newUnitPrice) box.append(' ', this.#button(line.notice.code === 'PRICE_CHANGED' ? `Agree to ${money(line.notice.newUnitPrice)}` : 'That is all right', `Agree to the change of ${line.name}`, () => this.#confirm(box)));
    return box;
  }

  async #confirm(box) {
    const before = this.view;
    box.querySelector('button').disabled = true;
    try {
      const { data } = await send('POST', `/api/v1/sessions/${this.sessionId}/cart/confirmation`, { headers: { 'If-Match': `"${before.version}"`, 'Idempotency-Key': newKey() } });
      this.show(data);
    } catch (problem) {
      await this.#rollBack(problem, before);
    }
  }

  #text(name, text) {
    const element = document.createElement('span');
    element.className = name;
    element.textContent = text;
    return element;
  }

  #button(text, label, act) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = text;
    button.setAttribute('aria-label', label);
    button.addEventListener('click', act);
    return button;
  }

  async #quantity(row, line, quantity) {
    const before = this.view;
    row.dataset.pending = 'true';
    row.querySelectorAll('button').forEach(b => { b.disabled = true; });
    const path = `/api/v1/sessions/${this.sessionId}/cart/lines/${encodeURIComponent(line.lineId)}`;
    const headers = { 'If-Match': `"${before.version}"`, 'Idempotency-Key': newKey() };
    try {
      const { data } = quantity > 0 ? await send('PATCH', path, { body: { quantity }, headers }) : await send('DELETE', path, { headers });
      this.show(data);
      this.#focusAfter(line.lineId);
    } catch (problem) {
      await this.#rollBack(problem, before);
    }
  }

  async #rollBack(problem, before) {
    try {
      const { data } = await send('GET', `/api/v1/sessions/${this.sessionId}/cart`);
      this.view = null;
      this.show(data);
    } catch {
      this.view = null;
      this.show(before);
    }
    this.onFault(problem.status === 412 ? 'The order changed in the meantime. Here it is as it stands.' : problem.message);
  }

  #focusAfter(lineId) {
    const row = this.list.querySelector(`[data-line-id="${CSS.escape(lineId)}"]`) ?? this.list.firstElementChild;
    (row?.querySelector('button') ?? this.review).focus();
  }
}
