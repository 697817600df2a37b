// The token of an invitation stands after the # of its link, which no browser sends: here it goes into the form and out of the address.
if (location.hash.length > 1) {
  document.querySelector('[data-from-hash]').value = location.hash.slice(1);
  history.replaceState(null, '', location.pathname);
}
