// Times arrive as UTC; the zone belongs to the browser. Elements stay text when this script does not run.
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

function ago(seconds) {
  if (seconds < 0) return 'in the future';
  if (seconds < 5) return 'now';
  if (seconds < 90) return `${Math.round(seconds)} s ago`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 129600) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86400)} d ago`;
}

function show(element) {
  const at = new Date(element.dateTime);
  if (Number.isNaN(at.getTime())) return;
  const text = element.dataset.moment === 'ago' ? ago((Date.now() - at) / 1000) : full.format(at);
  // Blazor owns the element's own text node; changing its data, not the node, keeps its later updates working.
  const node = element.firstChild;
  if (node && node.data !== text) node.data = text;
  if (element.title !== full.format(at)) element.title = full.format(at);
}

const showAll = () => document.querySelectorAll('time[data-moment]').forEach(show);
new MutationObserver(showAll).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['datetime'] });
setInterval(showAll, 1000);
showAll();
