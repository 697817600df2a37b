// Exactly what a panel shows, as a table, a file or a picture.
import { quantity } from './quantity.js';
import { save } from '../save.js';
import { token } from './theme.js';

const clock = new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'medium' });
const tableRows = 200;

/** Rows of [time, value per series]; times of the panel's range, oldest first. */
function rows(panel) {
  const [from, to] = panel.range;
  const byTime = new Map();
  panel.spec.series.forEach((series, place) => {
    for (const point of panel.data.get(series.key) ?? []) {
      if (point.at < from || point.at > to) continue;
      if (!byTime.has(point.at)) byTime.set(point.at, new Array(panel.spec.series.length).fill(null));
      byTime.get(point.at)[place] = point;
    }
  });
  return [...byTime].sort((a, b) => a[0] - b[0]);
}

export function fillTable(element, panel) {
  const all = rows(panel);
  const every = Math.max(1, Math.ceil(all.length / tableRows));
  const cell = (kind, text, name) => Object.assign(document.createElement(kind), { textContent: text, className: name ?? '' });
  const table = document.createElement('table');
  table.className = 'table';
  table.append(cell('caption', every === 1 ? '' : `Every ${every}th of ${all.length} rows; the CSV file has all.`, 'table-caption'));
  const head = table.createTHead().insertRow();
  head.append(cell('th', 'Time'), ...panel.spec.series.map(series => cell('th', series.name, 'number')));
  const body = table.createTBody();
  for (let i = 0; i < all.length; i += every) {
    const row = body.insertRow();
    row.append(cell('td', clock.format(all[i][0])), ...all[i][1].map(point => cell('td', quantity(point?.mean, panel.spec.unit), 'number')));
  }
  element.replaceChildren(table);
}

export function saveCsv(panel) {
  const quote = text => `"${String(text).replaceAll('"', '""')}"`;
  const unit = panel.spec.storedUnit ?? panel.spec.unit;
  const head = ['time', ...panel.spec.series.flatMap(series => ['mean', 'min', 'max'].map(kind => `${series.key} ${kind} [${unit}]`))].map(quote).join(',');
  const body = rows(panel).map(([at, points]) => [new Date(at).toISOString(), ...points.flatMap(point => [point?.mean ?? '', point?.min ?? '', point?.max ?? ''])].join(','));
  save(`${panel.spec.title}.csv`, 'text/csv', [`# ${new URL(panel.address(), location.href)}`, head, ...body].join('\n'));
}

export async function savePicture(chart, title) {
  // A data address would have to be fetched, which the page's policy forbids.
  const canvas = chart.renderToCanvas({ pixelRatio: 2, backgroundColor: token('--panel') });
  save(`${title}.png`, 'image/png', await new Promise(done => canvas.toBlob(done)));
}
