// The keyboard map and the command palette. Everything they do, a link or a button of the page does too: this file only presses them.
import { closeMenu, skip } from './focus.js';
import { find } from './palette.js';
import { showViews } from './views.js';

const typing = target => target.closest?.('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]');
const press = selector => { const element = document.querySelector(selector); element?.click(); return Boolean(element); };
const keys = [
  { keys: 'Ctrl K', means: 'Find a page, a host or an action' },
  { keys: '?', means: 'Show this list' },
  { keys: '/', means: 'Search on this page' },
  { keys: 'Space', means: 'Pause the charts, or follow the present again' },
  { keys: 'C', means: 'Compare with the previous period' },
  { keys: 'G then F, A, M, S', means: 'Go to Fleet, Agents, Metrics, System' },
  { keys: 'V', means: 'Saved views' },
  { keys: 'T', means: 'Theme: system, light, dark' },
  { keys: '← →', means: 'Read the values of a focused chart' },
  { keys: 'Esc', means: 'Close a dialog or a menu' },
];
const pages = { f: '/fleet', a: '/agents', m: '/catalogue', s: '/system' };
let afterG = 0;

function showMap() {
  const dialog = document.getElementById('keyboard-map');
  dialog.querySelector('dl').replaceChildren(...keys.flatMap(key => {
    const term = document.createElement('dt'), meaning = document.createElement('dd');
    term.innerHTML = key.keys.split(' ').map(part => (part === 'then' ? 'then' : `<kbd>${part}</kbd>`)).join(' ');
    meaning.textContent = key.means;
    return [term, meaning];
  }));
  dialog.showModal();
}

const plain = {
  '?': showMap,
  '/': () => document.querySelector('[data-shortcut="/"]')?.focus(),
  ' ': () => press('.range-live:not(:disabled)'),
  c: () => press('.range-compare'),
  v: showViews,
  t: () => press('[data-theme-toggle]'),
  g: () => { afterG = performance.now(); },
};

document.addEventListener('keydown', event => {
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && key === 'k') { event.preventDefault(); find(); return; }
  if (event.key === 'Escape' && !document.querySelector('dialog[open]') && closeMenu(event.target)) { event.preventDefault(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector('dialog[open]')) return;
  if (key === ' ' && event.target.closest?.('a, button, input, summary, [tabindex="0"]')) return;
  if (performance.now() - afterG < 1500 && pages[key]) { afterG = 0; event.preventDefault(); press(`.shell-nav a[href="${pages[key]}"]`); return; }
  if (!plain[key]) return;
  event.preventDefault();
  plain[key]();
});

document.addEventListener('click', event => {
  if (event.target.closest?.('[data-open-palette]')) find();
  if (event.target.closest?.('[data-open-keys]')) showMap();
  if (event.target.closest?.('[data-open-views]')) showViews();
  if (event.target instanceof HTMLDialogElement) event.target.close();
});

// Before the router, which would scroll there and leave the focus behind.
document.addEventListener('click', event => {
  const link = event.target.closest?.('.skip-link');
  if (!link) return;
  event.preventDefault();
  event.stopPropagation();
  skip(link);
}, true);
