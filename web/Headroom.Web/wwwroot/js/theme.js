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
    if (root.dataset.theme !== choice) root.dataset.theme = choice;
    if (root.style.colorScheme !== scheme) root.style.colorScheme = scheme;
    if (root.dataset.scheme === scheme) return;
    root.dataset.scheme = scheme;
    dispatchEvent(new CustomEvent('headroom:scheme', { detail: scheme }));
  };

  system.addEventListener('change', apply);
  addEventListener('storage', event => { if (event.key === key) apply(); });
  document.addEventListener('click', event => {
    if (!event.target.closest?.('[data-theme-toggle]')) return;
    try { localStorage.setItem(key, order[(order.indexOf(stored()) + 1) % order.length]); } catch { /* private mode: the choice lasts as long as the page */ }
    apply();
  });
  // A link followed before the circuit is up merges the server's page into this one, and with it the server's attributes of <html>.
  new MutationObserver(apply).observe(document.documentElement, { attributes: true, attributeFilter: ['data-scheme', 'data-theme', 'style'] });
  apply();
})();
