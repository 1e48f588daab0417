// The live conversation. A turn grows with deltas and is replaced by what was really said or heard.

const LONGEST_LIST = 200;

export class Transcript {
  #turns = new Map();

  constructor(list) {
    this.list = list;
  }

  reset(turns = []) {
    this.#turns.clear();
    this.list.replaceChildren();
    for (const turn of turns) this.done(turn);
  }

  delta({ itemId, role, delta }) {
    const entry = this.#entry(itemId, role);
    if (entry.dataset.live !== 'true') return;
    entry.firstChild.data += delta;
    this.#follow();
  }

  done({ itemId, role, text, interrupted }) {
    const entry = this.#entry(itemId, role);
    entry.firstChild.data = text;
    delete entry.dataset.live;
    if (interrupted) entry.dataset.interrupted = 'true';
    if (!text) { entry.remove(); this.#turns.delete(itemId); }
    this.#follow();
  }

  note(text) {
    const entry = document.createElement('li');
    entry.dataset.role = 'note';
    entry.textContent = text;
    this.#append(entry);
  }

  #entry(itemId, role) {
    let entry = this.#turns.get(itemId);
    if (!entry) {
      entry = document.createElement('li');
      entry.dataset.role = role;
      entry.dataset.live = 'true';
      entry.append(document.createTextNode(''));
      const who = document.createElement('span');
      who.className = 'sr';
      who.textContent = role === 'caller' ? ' (you)' : ' (restaurant)';
      entry.append(who);
      this.#turns.set(itemId, entry);
      this.#append(entry);
    }
    return entry;
  }

  #append(entry) {
    this.list.append(entry);
    while (this.list.children.length > LONGEST_LIST) this.list.firstElementChild.remove();
    this.#follow();
  }

  #follow() {
    this.list.scrollTop = this.list.scrollHeight;
  }
}
