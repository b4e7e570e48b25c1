// The cart as the API tells it, drawn as the page draws it.
import { element } from './element.js';

function euros(cents) {
  return `${(cents / 100).toFixed(2)} €`;
}

export class Cart {
  #list;
  #total;

  constructor(list, total) {
    this.#list = list;
    this.#total = total;
  }

  /** How many of a product it shows. */
  quantity(sku) {
    return Number(this.#list.querySelector(`[data-sku="${CSS.escape(sku)}"]`)?.dataset.quantity ?? 0);
  }

  show({ lines, totalCents }) {
    const items = lines.map((line) => this.#item(line));
    this.#list.replaceChildren(...(items.length ? items : [element('li', 'quiet', 'The cart is empty.')]));
    this.#total.textContent = euros(totalCents);
  }

  #item({ sku, title, quantity, cents }) {
    const item = element('li', '');
    item.dataset.sku = sku;
    item.dataset.quantity = quantity;
    const form = element('form', '');
    form.method = 'post';
    form.action = 'remove';
    const field = element('input', '');
    Object.assign(field, { type: 'hidden', name: 'sku', value: sku });
    const button = element('button', '', 'Remove');
    button.setAttribute('aria-label', `Remove: ${title}`);
    form.append(field, button);
    item.append(element('span', '', `${quantity} × ${title}`), element('span', 'price', euros(quantity * cents)), form);
    return item;
  }
}
