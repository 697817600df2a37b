// The command palette: pages of the navigation, hosts and saved views of the API, actions of the page; arrow keys choose, Enter goes.
import { readViews } from './views.js';

const dialog = () => document.getElementById('palette');
let shown = [], chosen = 0, hosts = [], views = [];

const follow = address => {
  const link = document.createElement('a');
  link.href = address;
  document.body.append(link);
  link.click();
  link.remove();
};

const pages = () => [...document.querySelectorAll('.shell-nav a')].map(link => ({ kind: 'page', title: link.textContent.trim(), hint: link.title, run: () => link.click() }));
const actions = () => [
  ['.range-live:not(:disabled)', 'Pause or follow the present'], ['.range-compare', 'Compare with the previous period'], ['[data-theme-toggle]', 'Change the theme'], ['[data-open-keys]', 'Show the keyboard map'], ['[data-open-views]', 'Save this view'],
].map(([selector, title]) => ({ element: document.querySelector(selector), title })).filter(one => one.element)
  .map(({ element, title }) => ({ kind: 'action', title, hint: '', run: () => element.click() }));

async function readNames() {
  views = (await readViews()).map(view => ({ kind: 'view', title: view.name, hint: view.address, run: () => follow(view.address) }));
  const answer = await fetch('/api/v1/hosts?limit=2000');
  if (answer.ok) hosts = (await answer.json()).items.map(host => ({ kind: 'host', title: host.name, hint: host.key, run: () => follow(`/hosts/${host.id}`) }));
}

function draw() {
  const words = dialog().querySelector('input').value.toLowerCase().split(/\s+/).filter(Boolean);
  shown = [...pages(), ...views, ...hosts, ...actions()].filter(item => words.every(word => `${item.title} ${item.hint} ${item.kind}`.toLowerCase().includes(word))).slice(0, 12);
  chosen = Math.min(chosen, Math.max(0, shown.length - 1));
  dialog().querySelector('[role=listbox]').replaceChildren(...shown.map((item, place) => {
    const row = document.createElement('li'), title = document.createElement('span'), kind = document.createElement('small');
    Object.assign(row, { id: `palette-${place}`, role: 'option', ariaSelected: String(place === chosen) });
    title.textContent = item.title;
    kind.textContent = item.kind;
    row.append(title, kind);
    row.addEventListener('click', () => choose(place));
    return row;
  }));
  dialog().querySelector('input').setAttribute('aria-activedescendant', shown.length ? `palette-${chosen}` : '');
  dialog().querySelector('.palette-none').hidden = shown.length > 0;
}

function choose(place) {
  dialog().close();
  shown[place]?.run();
}

/** Opens the palette. */
export function find() {
  const box = dialog(), input = box.querySelector('input');
  if (box.open) { box.close(); return; }
  input.value = '';
  chosen = 0;
  input.oninput = () => { chosen = 0; draw(); };
  input.onkeydown = event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { event.preventDefault(); chosen = (chosen + step + shown.length) % Math.max(1, shown.length); draw(); }
    if (event.key === 'Enter') { event.preventDefault(); choose(chosen); }
  };
  draw();
  box.showModal();
  input.focus();
  readNames().then(draw, () => {});
}
