// Runs before the first paint: puts the chosen colour scheme on <html>, follows the system, announces changes to charts.
(() => {
  const key = 'headroom.theme';
  const order = ['system', 'light', 'dark'];
  const system = matchMedia('(prefers-color-scheme: dark)');
  const stored = () => { try { return order.includes(localStorage.getItem(key)) ? localStorage.getItem(key) : 'system'; } catch { return 'system'; } };

  const apply = () => {
    const choice = stored();
    const scheme = choice === 'system' ? (system.matches ? 'dark' : 'light') : choice;
    const root = document.documentElement;
    const changed = root.dataset.scheme !== scheme;
    root.dataset.theme = choice;
    root.dataset.scheme = scheme;
    root.style.colorScheme = scheme;
    if (changed) dispatchEvent(new CustomEvent('headroom:scheme', { detail: scheme }));
  };

  system.addEventListener('change', apply);
  addEventListener('storage', event => { if (event.key === key) apply(); });
  document.addEventListener('click', event => {
    if (!event.target.closest?.('[data-theme-toggle]')) return;
    try { localStorage.setItem(key, order[(order.indexOf(stored()) + 1) % order.length]); } catch { /* private mode: the choice lasts as long as the page */ }
    apply();
  });
  apply();
})();
