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
    if (part.querySelector(selector) || part.id === 'content') return part;
  }
  return document.body;
}

/** What is shown, a row each; where the page keeps only the rows in sight, what the call answers, without lists inside a row. */
async function rowsFor(menu) {
  if (!('fromCall' in menu.dataset)) return rowsShown(menu);
  const answer = await (await fetch(menu.dataset.call)).json();
  const list = Array.isArray(answer) ? answer : Object.values(answer).find(Array.isArray);
  return list.map(row => Object.fromEntries(Object.entries(row).filter(([, value]) => typeof value !== 'object' || value === null)));
}

/** The nearest table; where there is none, the numbers of the chart or the facts. */
async function rowsShown(menu) {
  const part = around(menu, 'table, .chart-canvas, dl.facts');
  const table = part.querySelector('table');
  if (table) return rowsOf(table);
  const canvas = part.querySelector('.chart-canvas');
  return canvas ? rowsOfChart((await library()).getInstanceByDom(canvas)) : rowsOfFacts(part);
}

/** The command that asks the same; a line each where two answers stand side by side. */
function callOf(menu) {
  const quote = text => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const address = quote(new URL(menu.dataset.call, location.href).href);
  const bodies = [menu.dataset.otherBody, menu.dataset.body].filter(body => body);
  return bodies.length === 0 ? `curl ${address}` : bodies.map(body => `curl -X POST ${address} -H 'Content-Type: application/json' -d ${quote(body)}`).join('\n');
}

/** What a cell says, unrounded where it is a number or a time. */
function valuesOf(cell) {
  const quantities = cell.querySelectorAll('.quantity');
  if (quantities.length === 1) {
    const { amount, lower, upper, unit } = quantities[0].dataset;
    const number = text => (text === undefined ? null : Number(text));
    return { unit, value: number(amount), ...(lower === undefined ? {} : { lower: number(lower), upper: number(upper) }) };
  }
  const choice = cell.querySelector('select');
  if (choice) return { value: choice.value };
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

/** Facts as rows: its name, its number with unit and interval, or its words, and the note beside it. */
function rowsOfFacts(part) {
  return [...part.querySelectorAll('dl.facts > .fact')].map(fact => {
    const answer = fact.querySelector('dd').cloneNode(true);
    const notes = [...answer.querySelectorAll('.fact-note')];
    const note = notes.map(each => each.textContent.trim().replaceAll(/\s+/g, ' ')).join('; ');
    [...notes, ...answer.querySelectorAll('details')].forEach(each => each.remove());
    return { Fact: fact.querySelector('dt').textContent.trim(), ...valuesOf(answer), ...(note ? { note } : {}) };
  });
}

/** A bar that shows a loss is drawn upwards: its amount has the sign. */
const amountOf = item => item?.amount ?? item?.value ?? item ?? null;

/** A chart over categories: a row for each of them, a column for each series. */
function rowsOfChart(chart) {
  const { xAxis, yAxis, series } = chart.getOption();
  const shown = series.filter(each => !each.silent);
  return [...xAxis, ...yAxis].find(axis => axis.type === 'category').data.map((name, place) => Object.fromEntries([
    ['name', name], ...shown.map(each => [each.unit ? `${each.name} [${each.unit}]` : each.name, amountOf(each.data[place])]),
  ]));
}

function csv(menu, rows) {
  const names = [...new Set(rows.flatMap(row => Object.keys(row)))];
  // A text that begins like a formula must not become one in a spreadsheet.
  const cell = value => (value === null || value === undefined ? '' : typeof value !== 'string' ? String(value) : `"${(/^[=+\-@]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`);
  return [...callOf(menu).split('\n').map(call => `# ${call}`), names.map(cell).join(','), ...rows.map(row => names.map(name => cell(row[name])).join(','))].join('\n');
}

async function picture(menu) {
  await savePicture((await library()).getInstanceByDom(around(menu, '.chart-canvas').querySelector('.chart-canvas')), menu.dataset.takeAway);
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
