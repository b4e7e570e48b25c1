// Who answered: a lane for each app server, and a mark for each request in the lane of the one that answered it.

const MOST = 240;
const COLOURS = 8;
const NOBODY = 'no answer';

/** The class with the server's colour; ShopPage.java takes the same: Java's hash of the name. */
export function colour(server) {
  let hash = 0;
  for (const unit of server.split('')) {
    hash = (31 * hash + unit.charCodeAt(0)) | 0;
  }
  return `colour${((hash % COLOURS) + COLOURS) % COLOURS}`;
}

export class Timeline {
  #place;
  #lanes = document.createElement('div');
  #marks = document.createElement('div');
  #counts = new Map();

  constructor(place) {
    this.#place = place;
    this.#lanes.className = 'lanes';
    this.#marks.className = 'marks';
    place.append(this.#lanes, this.#marks);
  }

  /** A request is under way. */
  begin(what, look) {
    const mark = document.createElement('span');
    mark.className = look ? 'mark look open' : 'mark open';
    mark.dataset.what = what;
    this.#marks.append(mark);
    while (this.#marks.childElementCount > MOST) {
      this.#marks.firstElementChild.remove();
    }
    return mark;
  }

  /** That server answered it. */
  answered(mark, server) {
    mark.classList.remove('open');
    mark.classList.add(colour(server));
    mark.dataset.server = server;
    mark.title = `${mark.dataset.what}: ${server}`;
    this.#count(server);
  }

  /** No server did. */
  failed(mark, why) {
    mark.classList.remove('open');
    mark.classList.add('failed');
    mark.dataset.server = NOBODY;
    mark.title = `${mark.dataset.what}: ${why}`;
    this.#count(NOBODY);
  }

  #count(server) {
    const isNew = !this.#counts.has(server);
    this.#counts.set(server, (this.#counts.get(server) ?? 0) + 1);
    if (isNew) {
      this.#drawLanes();
    }
    const lanes = this.#order();
    lanes.forEach((name, lane) => {
      this.#lanes.children[lane].lastElementChild.textContent = this.#counts.get(name);
    });
    for (const mark of this.#marks.children) {
      mark.style.setProperty('--lane', Math.max(0, lanes.indexOf(mark.dataset.server)));
    }
    const said = lanes.map((name) => `${name} ${this.#counts.get(name)}`).join(', ');
    this.#place.setAttribute('aria-label', `Requests of this browser and who answered them: ${said}`);
  }

  /** By name, so that a server keeps its place; what nobody answered comes last. */
  #order() {
    const servers = [...this.#counts.keys()].filter((name) => name !== NOBODY).sort();
    return this.#counts.has(NOBODY) ? [...servers, NOBODY] : servers;
  }

  #drawLanes() {
    this.#lanes.replaceChildren(...this.#order().map((name) => {
      const lane = document.createElement('div');
      lane.className = name === NOBODY ? 'lane' : `lane ${colour(name)}`;
      lane.append(document.createElement('b'), document.createElement('span'));
      lane.firstElementChild.textContent = name;
      return lane;
    }));
  }
}
