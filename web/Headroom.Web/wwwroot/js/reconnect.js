// A circuit that the server has given up comes back as the same view: all state is in the address, so reloading it is enough.
(() => {
  const notice = document.getElementById('components-reconnect-modal');
  notice.addEventListener('components-reconnect-state-changed', event => {
    if (event.detail.state === 'rejected') location.reload();
  });
  document.addEventListener('visibilitychange', async () => {
    if (document.visibilityState !== 'visible' || !notice.className.includes('components-reconnect-failed')) return;
    if (!await Blazor.reconnect()) location.reload();
  });
})();
