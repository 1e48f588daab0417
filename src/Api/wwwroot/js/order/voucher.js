// The voucher of an order: taken on, shown, taken off. It is used up only when the order is placed.
import { money, newKey, send } from '../api.js';

export class VoucherBox {
  constructor({ box, form, code, fault, row, what, off, remove }, cart) {
    Object.assign(this, { box, form, code, fault, row, what, off, remove, cart });
    form.addEventListener('submit', event => { event.preventDefault(); this.#apply(); });
    remove.addEventListener('click', () => this.#remove());
  }

  show(view) {
    const { voucher } = view;
    this.box.hidden = view.lines.length === 0 || Boolean(voucher);
    this.row.hidden = !voucher;
    if (!voucher) return;
    const counts = view.discount.amountMinor > 0 || view.subtotal.amountMinor >= voucher.minimum.amountMinor;
    this.what.textContent = counts ? `Voucher …${voucher.code.slice(-4)}` : `Voucher …${voucher.code.slice(-4)}, from ${money(voucher.minimum)}`;
    this.off.textContent = counts ? `−${money(view.discount)}` : '–';
  }

  async #apply() {
    const code = this.code.value.trim();
    if (!code) { this.code.focus(); return; }
    await this.#change('PUT', { code });
  }

  #remove() { return this.#change('DELETE'); }

  async #change(method, body) {
    const buttons = [...this.form.querySelectorAll('button'), this.remove];
    this.fault.textContent = '';
    buttons.forEach(button => { button.disabled = true; });
    try {
      // Without a version: a voucher fits whatever the order is at the moment.
      const { data } = await send(method, `/api/v1/sessions/${this.cart.sessionId}/cart/voucher`, { body, headers: { 'Idempotency-Key': newKey() } });
      this.code.value = '';
      this.cart.show(data);
      (data.voucher ? this.remove : this.cart.review).focus();
    } catch (problem) {
      this.fault.textContent = problem.message;
      this.code.focus();
    } finally {
      buttons.forEach(button => { button.disabled = false; });
    }
  }
}
