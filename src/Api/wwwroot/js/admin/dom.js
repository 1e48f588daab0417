// Small makers of elements, so that the panels read like what they show. Text is always text, never markup.

/** make('button', { class: 'primary', onclick: f }, 'Save', otherElement) */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'class') element.className = value;
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name in element && name !== 'list' && name !== 'form') element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

let fields = 0;

/** A labelled control; `path` is the JSON pointer under which the server names its faults. */
export function field(label, control, path) {
  control.id ||= `field-${++fields}`;
  const fault = make('p', { class: 'fault', role: 'alert', hidden: true });
  if (path) fault.dataset.path = path;
  return make('div', { class: 'field' }, make('label', { htmlFor: control.id }, label), control, fault);
}

/** Shows the server's faults beside the fields they name; answers those that name none. */
export function showFaults(root, errors) {
  root.querySelectorAll('.fault[data-path]').forEach(fault => { fault.hidden = true; fault.textContent = ''; });
  const rest = [];
  for (const error of errors) {
    const beside = [...root.querySelectorAll('.fault[data-path]')].find(fault => error.path === fault.dataset.path || error.path.startsWith(`${fault.dataset.path}/`));
    if (!beside) { rest.push(error); continue; }
    beside.hidden = false;
    beside.textContent = beside.textContent ? `${beside.textContent} ${error.detail}` : error.detail;
  }
  return rest;
}

export const faultList = errors => make('ul', { class: 'faults', id: 'faults' }, ...errors.map(error => make('li', {}, make('code', {}, error.path || '/'), ` ${error.detail}`)));

/** Minor units of a currency as a plain decimal for an input, and back; null when it is no amount. */
export function toDecimal(minor, digits) { return (minor / 10 ** digits).toFixed(digits); }
export function toMinor(text, digits) {
  const plain = text.trim().replace(',', '.');
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return null;
  const [whole, part = ''] = plain.split('.');
  if (part.length > digits) return null;
  const minor = Number(whole.replace('-', '')) * 10 ** digits + Number(part.padEnd(digits, '0') || 0);
  return plain.startsWith('-') ? -minor : minor;
}

export const digitsOf = currency => new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;

export const slug = text => text.toLowerCase().normalize('NFD').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 64) || 'x';
