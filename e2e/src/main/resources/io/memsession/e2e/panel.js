// The panel's page: asks once a second how the processes are, and sends what is clicked.
const token = document.querySelector('meta[name=panel-token]').content;
const list = document.getElementById('processes');
const said = document.getElementById('said');

// What can be done to a process in each condition; anything else would make no difference.
const ORDERS = {
  kill: ['UP', 'STARTING', 'SILENT'],
  hang: ['UP'],
  resume: ['SILENT'],
  restart: ['UP', 'STARTING', 'SILENT', 'DOWN'],
};

const rows = new Map();

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function row(name, address) {
  const item = document.createElement('li');
  const who = element('div', 'name', name);
  who.title = address;
  const condition = element('span', 'condition', '');
  who.append(condition);
  const buttons = element('div', 'buttons', '');
  for (const order of Object.keys(ORDERS)) {
    const button = element('button', '', order);
    button.type = 'button';
    button.dataset.order = order;
    button.setAttribute('aria-label', `${order} ${name}`);
    button.addEventListener('click', () => give(order, name, button));
    buttons.append(button);
  }
  item.append(who, buttons);
  item.dataset.process = name;
  list.append(item);
  return { item, condition };
}

function show(process) {
  const { name, address, condition, words } = process;
  if (!rows.has(name)) {
    rows.set(name, row(name, address));
  }
  const shown = rows.get(name);
  if (shown.item.dataset.condition === condition) {
    return;
  }
  if (shown.item.dataset.condition) {
    said.textContent = `${name} ${words}.`;
  }
  shown.item.dataset.condition = condition;
  shown.condition.className = `condition ${condition}`;
  shown.condition.textContent = words;
  for (const button of shown.item.querySelectorAll('button')) {
    // not "disabled", which would take the keyboard's focus away
    button.setAttribute('aria-disabled', String(!ORDERS[button.dataset.order].includes(condition)));
  }
}

async function give(order, name, button) {
  if (button.getAttribute('aria-disabled') === 'true') {
    return;
  }
  said.textContent = `${order} ${name} …`;
  try {
    const answer = await fetch(`orders/${order}/${name}`, { method: 'POST', headers: { 'X-Panel-Token': token } });
    if (!answer.ok) {
      said.textContent = await answer.text();
    }
  } catch {
    said.textContent = 'The demo does not answer any more.';
  }
}

async function look() {
  try {
    const answer = await fetch('processes');
    (await answer.json()).forEach(show);
  } catch {
    said.textContent = 'The demo does not answer any more.';
  }
  setTimeout(look, 1000);
}

look();
