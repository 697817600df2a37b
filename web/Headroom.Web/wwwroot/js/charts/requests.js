// Panels of one page that ask for the same list share one request, for five seconds.
export class SharedLists {
  #requests = new Map();

  /** What stands in a list of the API; nothing when it cannot be read. */
  items(address) {
    if (!this.#requests.has(address)) {
      this.#requests.set(address, fetch(address).then(answer => (answer.ok ? answer.json() : { items: [] })).then(page => page.items).catch(() => []));
      setTimeout(() => this.#requests.delete(address), 5000);
    }
    return this.#requests.get(address);
  }

  clear() {
    this.#requests.clear();
  }
}
