// What a panel shows, to take away: the API call behind it, its table as CSV or JSON, its chart as a picture.
import { savePicture } from './charts/export.js';
import { library } from './charts/library.js';
import { save } from './save.js';

const takes = {
  call: menu => copy(callOf(menu)),
  csv: async menu => save(fileName(menu, 'csv'), 'text/csv', csv(menu, await rowsFor(menu))),
  json: async menu => save(fileName(menu, 'json'), 'application/json', JSON.stringify({ call: callOf(menu), rows: await rowsFor(menu) }, null, 2)),
  png: picture,
};

document.addEventListener('click', async event => {
  const button = event.target.closest?.('[data-take]');
  if (!button) return;
  const menu = button.closest('[data-take-away]');
  await takes[button.dataset.take](menu);
  menu.removeAttribute('open');
  menu.querySelector('summary').focus();
});

/** The smallest part around the menu that has what is wanted. */
function around(menu, selector) {
  for (let part = menu.parentElement; part; part = part.parentElement) {
    const found = part.querySelector(selector);
    if (found || part.id === 'content') return found;
  }
  return null;
}

/** What is shown, a row each; where the page keeps only the rows in sight, what the call answers, without lists inside a row. */
async function rowsFor(menu) {
  if (!('fromCall' in menu.dataset)) return rowsOf(around(menu, 'table'));
  const answer = await (await fetch(menu.dataset.call)).json();
  return (answer.items ?? answer).map(row => Object.fromEntries(Object.entries(row).filter(([, value]) => typeof value !== 'object' || value === null)));
}

function callOf(menu) {
  const quote = text => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const address = quote(new URL(menu.dataset.call, location.href).href);
  return menu.dataset.body ? `curl -X POST ${address} -H 'Content-Type: application/json' -d ${quote(menu.dataset.body)}` : `curl ${address}`;
}

/** What a cell says, unrounded where it is a number or a time. */
function valuesOf(cell) {
  const quantities = cell.querySelectorAll('.quantity');
  if (quantities.length === 1) {
    const { amount, lower, upper, unit } = quantities[0].dataset;
    const number = text => (text === undefined ? null : Number(text));
    return { unit, value: number(amount), ...(lower === undefined ? {} : { lower: number(lower), upper: number(upper) }) };
  }
  const time = cell.querySelector('time[datetime]');
  return { value: time ? time.dateTime : cell.textContent.trim().replaceAll(/\s+/g, ' ') };
}

/** A table as objects by the names of its columns; columns without a name hold buttons and are left out. */
export function rowsOf(table) {
  const heads = [...(table?.tHead?.rows[0]?.cells ?? [])].map(cell => cell.textContent.trim());
  const names = heads.map((name, place) => (name && heads.indexOf(name) !== place ? `${name} (${place + 1})` : name));
  return [...(table?.tBodies ?? [])].flatMap(body => [...body.rows]).filter(row => row.cells.length === names.length).map(row => {
    const result = {};
    [...row.cells].forEach((cell, place) => {
      if (!names[place]) return;
      const { unit, value, lower, upper } = valuesOf(cell);
      const name = unit ? `${names[place]} [${unit}]` : names[place];
      result[name] = value;
      if (lower !== undefined) Object.assign(result, { [`${name} lower`]: lower, [`${name} upper`]: upper });
    });
    return result;
  });
}

function csv(menu, rows) {
  const names = [...new Set(rows.flatMap(row => Object.keys(row)))];
  // A text that begins like a formula must not become one in a spreadsheet.
  const cell = value => (value === null || value === undefined ? '' : typeof value !== 'string' ? String(value) : `"${(/^[=+\-@]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`);
  return [`# ${callOf(menu)}`, names.map(cell).join(','), ...rows.map(row => names.map(name => cell(row[name])).join(','))].join('\n');
}

async function picture(menu) {
  await savePicture((await library()).getInstanceByDom(around(menu, '.chart-canvas')), menu.dataset.takeAway);
}

const fileName = (menu, kind) => `${menu.dataset.takeAway}.${kind}`;

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without HTTPS there is no clipboard to write to, but a selection can still be copied.
    const area = Object.assign(document.createElement('textarea'), { value: text });
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
}
