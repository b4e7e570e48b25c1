// The nodes: how each is, and what it keeps of this session; and the story of what changed.
import { element } from './element.js';

const WORDS = {
  complete: 'up, complete',
  incomplete: 'up, not complete',
  repairing: 'being repaired',
  down: 'down',
};
const TOLD = {
  complete: 'is up and complete: it keeps every session that it should',
  incomplete: 'is up, but may lack sessions: its word alone is not believed',
  repairing: 'is up and being filled again',
  down: 'is down: sessions are kept without it',
};
const GOOD_FOR = 3000;
const MOST_STORIES = 30;

export class Nodes {
  #list;
  #story;
  #repairs = new Map();
  #shown = new Map();

  constructor(list, story) {
    this.#list = list;
    this.#story = story;
  }

  /** Shows what a server told. */
  show(told) {
    if (!told.known) {
      this.#list.replaceChildren(element('li', 'quiet', "Sessions are kept in each server's own memory."));
      return;
    }
    const homes = new Map(told.homes.map((home) => [home.node, home]));
    for (const each of told.nodes) {
      this.#showNode(this.#withRepair(each), homes.get(each.node), told.primary === each.node);
    }
    for (const [id, shown] of this.#shown) {
      if (!told.nodes.some((each) => each.node === id)) {
        shown.item.remove();
        this.#shown.delete(id);
      }
    }
  }

  /** Only the server at work on a repair knows how far it is: for a moment its word stands in for the others'. */
  #withRepair(node) {
    if (node.state === 'repairing') {
      this.#repairs.set(node.node, { node, at: Date.now() });
    }
    const repair = this.#repairs.get(node.node);
    return node.state === 'incomplete' && repair && Date.now() - repair.at < GOOD_FOR ? repair.node : node;
  }

  #showNode(node, home, primary) {
    if (!this.#shown.has(node.node)) {
      const item = element('li', 'node');
      item.dataset.node = node.node;
      item.addEventListener('animationend', () => item.classList.remove('changed'));
      this.#list.append(item);
      this.#shown.set(node.node, { item, state: null, keeps: null });
    }
    const shown = this.#shown.get(node.node);
    const keeps = this.#keeps(node, home);
    const before = { ...shown };
    Object.assign(shown, { state: node.state, keeps });
    if (before.state !== null && before.state !== node.state) {
      this.tell(`${node.node} ${TOLD[node.state]}.`);
    }
    if (before.state !== node.state || before.keeps !== keeps || node.state === 'repairing') {
      this.#draw(shown.item, node, keeps, home ? (primary ? 'primary' : 'backup') : '');
      shown.item.classList.toggle('changed', before.state !== null && node.state !== 'repairing');
    }
  }

  #keeps(node, home) {
    if (node.state === 'down') {
      return 'does not answer';
    }
    if (!home?.holds) {
      return 'keeps nothing of this session';
    }
    return `keeps version ${home.version}, ${home.bytes.toLocaleString('en')} bytes`;
  }

  #draw(item, node, keeps, role) {
    item.className = `node ${node.state}`;
    item.dataset.state = node.state;
    const title = element('h4', '');
    title.append(element('span', '', node.node), element('span', 'state', WORDS[node.state]));
    const kept = element('p', 'keeps', role ? `${keeps} · ${role}` : keeps);
    item.replaceChildren(title, kept);
    if (node.state === 'repairing' && node.all > 0) {
      const progress = element('progress', '');
      progress.max = node.all;
      progress.value = node.compared;
      progress.setAttribute('aria-label', `records of ${node.node} compared`);
      item.append(progress, element('p', '', `${node.compared} of ${node.all} records compared`));
    }
  }

  /** Adds a line to the story. */
  tell(text) {
    const line = element('li', '');
    const time = element('time', '', new Date().toTimeString().slice(0, 8));
    line.append(time, element('span', '', text));
    this.#story.querySelector('.quiet')?.remove();
    this.#story.prepend(line);
    while (this.#story.childElementCount > MOST_STORIES) {
      this.#story.lastElementChild.remove();
    }
  }
}
