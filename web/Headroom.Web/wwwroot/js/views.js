// Saved views: a page with its filters and its range of time under a name, kept by the server for everybody.
const dialog = () => document.getElementById('views');
const part = name => dialog().querySelector(`[data-views-${name}]`);

/** Every saved view, by name; none where they cannot be read. */
export async function readViews() {
  const answer = await fetch('/api/v1/views').catch(() => null);
  return answer?.ok ? (await answer.json()).items : [];
}

function say(problem) {
  part('problem').textContent = problem ?? '';
  part('problem').hidden = !problem;
}

async function change(name, request) {
  const answer = await fetch(`/api/v1/views/${encodeURIComponent(name)}`, request).catch(() => null);
  say(answer?.ok ? null : (await answer?.json().catch(() => null))?.detail ?? 'The server could not be reached.');
  await draw();
}

async function draw() {
  const views = await readViews();
  part('none').hidden = views.length > 0;
  part('list').replaceChildren(...views.map(view => {
    const row = document.createElement('li'), link = document.createElement('a'), remove = document.createElement('button');
    Object.assign(link, { href: view.address, textContent: view.name, title: `${view.address}, kept by ${view.by}` });
    link.addEventListener('click', () => dialog().close());
    Object.assign(remove, { type: 'button', className: 'link-button', textContent: 'forget', ariaLabel: `Forget ${view.name}` });
    remove.addEventListener('click', () => change(view.name, { method: 'DELETE' }));
    row.append(link, remove);
    return row;
  }));
}

/** Opens the list with the way to keep the page that is open. */
export function showViews() {
  const box = dialog(), form = box.querySelector('.views-form');
  say(null);
  form.reset();
  form.onsubmit = event => {
    event.preventDefault();
    const name = form.elements.name.value.trim();
    const body = JSON.stringify({ address: location.pathname + location.search });
    change(name, { method: 'PUT', headers: { 'content-type': 'application/json' }, body }).then(() => { if (part('problem').hidden) form.reset(); });
  };
  draw();
  box.showModal();
}
