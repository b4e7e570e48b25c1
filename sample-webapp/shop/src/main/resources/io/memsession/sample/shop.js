// What makes the page live. Without it the shop works too: by forms, and without the section that this fills.
import { ask } from './asking.js';
import { Cart } from './cart.js';
import { Nodes } from './nodes.js';
import { Timeline } from './timeline.js';

const BURST = 50;
const MOST = 99;
const TRIES = 6;
const LOOK_EVERY = 1000;
const LOOK_PATIENCE = 4000;

const byId = (id) => document.getElementById(id);
const said = byId('said');
const timeline = new Timeline(byId('timeline'));
const nodes = new Nodes(byId('nodes'), byId('story'));
const cart = new Cart(byId('cart'), byId('total'));
const oneMore = (quantity) => quantity + 1;
const none = () => 0;
let queue = Promise.resolve();
let found = null;

function request(method, path, options) {
  return ask(timeline, method, path, options);
}

/** Has a button do something, once at a time; what goes wrong is said. */
function onClick(button, act) {
  button.addEventListener('click', async () => {
    if (button.getAttribute('aria-busy') === 'true') {
      return;
    }
    button.setAttribute('aria-busy', 'true'); // not "disabled", which would take the keyboard's focus away
    try {
      await act();
    } catch {
      said.textContent = 'No server answered. Try again.';
    } finally {
      button.removeAttribute('aria-busy');
    }
  });
}

/** One after the other, so that each knows what the one before it made of the cart. */
function put(sku, change) {
  const done = queue.then(() => putNow(sku, Math.min(change(cart.quantity(sku)), MOST)));
  queue = done.catch(() => {});
  return done;
}

async function putNow(sku, quantity) {
  const answer = await request('POST', `api/cart?${new URLSearchParams({ sku, quantity })}`);
  if (answer.status !== 200) {
    said.textContent = answer.error ?? `The shop answered ${answer.status}; nothing was changed. Try again.`;
    return;
  }
  cart.show(answer);
  const line = answer.lines.find((each) => each.sku === sku);
  said.textContent = `${line ? `${line.quantity} × ${line.title} in the cart` : 'Taken out of the cart'}, by ${answer.server}.`;
}

/** The note is an object in the session that a request changes and does not set again. */
async function changeInPlace() {
  const value = `changed at ${new Date().toTimeString().slice(0, 8)}`;
  const changed = await request('POST', `api/note?${new URLSearchParams({ value })}`);
  if (changed.status !== 200) {
    said.textContent = `The shop answered ${changed.status}; nothing was changed. Try again.`;
    return;
  }
  let read = await request('GET', 'api/note');
  for (let tries = 1; tries < TRIES && read.server === changed.server; tries++) {
    read = await request('GET', 'api/note');
  }
  said.textContent = `An object in the session was changed by ${changed.server}, without setAttribute; `
      + `${read.server} reads: ${read.value ?? 'nothing'}.`;
}

/** Each request changes an attribute of its own, so that all of them have to be there in the end. */
async function burst() {
  const run = Date.now().toString(36);
  const began = performance.now();
  const names = Array.from({ length: BURST }, (_, i) => `burst${i + 1}`);
  const answers = await Promise.allSettled(names.map((name) => request('POST', `api/attributes/${name}?value=${run}`)));
  const took = Math.round(performance.now() - began);
  const servers = new Map();
  for (const { value } of answers.filter((each) => each.value?.status === 200)) {
    servers.set(value.server, (servers.get(value.server) ?? 0) + 1);
  }
  const { values = {} } = await request('GET', 'api/attributes');
  const kept = names.filter((name) => values[name] === run).length;
  const by = [...servers].sort().map(([server, count]) => `${count} by ${server}`).join(', ');
  said.textContent = `${kept} of ${BURST} changes are in the session: ${by}, in ${took} ms.`;
}

/** Ends the session on one server, and asks until all that answer were asked. */
async function logOut() {
  const ended = await request('POST', 'api/logout');
  const over = new Set();
  const alive = new Set();
  for (let i = 0; i < TRIES; i++) {
    const told = await request('GET', 'api/live', { look: true });
    (told.found ? alive : over).add(told.server);
    nodes.show(told);
  }
  found = false;
  cart.show({ lines: [], totalCents: 0 });
  said.textContent = alive.size
      ? `Still alive on ${[...alive].sort().join(', ')}!`
      : `Logged out by ${ended.server}: over on ${[...over].sort().join(' and ')}.`;
  nodes.tell('The session was ended for all servers.');
}

/** How the nodes are; the look is no access to the session, and rests while nobody looks at the page. */
async function look() {
  if (document.hidden) {
    return;
  }
  try {
    const told = await request('GET', 'api/live', { look: true, patience: LOOK_PATIENCE });
    if (told.status !== 200) {
      return;
    }
    nodes.show(told);
    if (found && told.known && !told.found && told.nodes.every((each) => each.state === 'complete')) {
      cart.show({ lines: [], totalCents: 0 });
      nodes.tell('The session is over.');
    }
    found = told.found;
  } catch {
    // the mark on the timeline shows it
  }
}

document.addEventListener('submit', (event) => {
  const action = new URL(event.target.action).pathname.split('/').pop();
  const sku = new FormData(event.target).get('sku');
  if (action === 'add' || action === 'remove') {
    event.preventDefault();
    put(sku, action === 'add' ? oneMore : none).catch(() => event.target.submit()); // as without this script
  }
});

onClick(byId('add'), () => put('tea', oneMore));
onClick(byId('change'), changeInPlace);
onClick(byId('burst'), burst);
onClick(byId('logout'), logOut);
for (const visit of [...document.querySelectorAll('.history li')].reverse()) { // what was asked before, this page too
  const [server, what] = visit.children;
  timeline.answered(timeline.begin(what.textContent, false), server.textContent);
}
byId('live').hidden = false;
document.querySelector('.still').hidden = true;
look();
setInterval(look, LOOK_EVERY);
