// The browser's twin of Shared/Quantity.cs; tests hold the two to the same text.
const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'];
const decimal = ['', 'k', 'M', 'G', 'T', 'P'];
const times = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's'], [1e-3, 'ms'], [1e-6, 'µs'], [1e-9, 'ns']];

export function scaleOf(magnitude, unit) {
  if (unit === '1') return [100, '%'];
  if (unit === 'Cel') return [1, '°C'];
  if (unit === 's') {
    const [scale, symbol] = magnitude === 0 ? [1, 's'] : times.find(step => magnitude >= step[0]) ?? times.at(-1);
    return [1 / scale, symbol];
  }
  const rate = unit.endsWith('/s') ? '/s' : '';
  const stem = rate ? unit.slice(0, -2) : unit;
  const bytes = stem === 'By' || stem === 'bytes';
  const name = bytes ? 'B' : stem.startsWith('{') || stem === '1' ? '' : stem;
  const prefixes = bytes ? binary : decimal, step = bytes ? 1024 : 1000;
  const power = magnitude < step ? 0 : Math.min(prefixes.length - 1, Math.floor(Math.log(magnitude) / Math.log(step) + 1e-12));
  return [step ** -power, prefixes[power] + name + rate];
}

export function digits(number) {
  const magnitude = Math.abs(number);
  if (magnitude === 0) return '0';
  if (magnitude < 0.001) return number.toExponential(2).replace(/\.?0+e/, 'e').replace('e+', 'e');
  const places = magnitude < 1 ? 3 : magnitude < 10 ? 2 : magnitude < 100 ? 1 : 0;
  return number.toLocaleString('en-US', { maximumFractionDigits: places });
}

export function quantity(value, unit) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const [scale, symbol] = scaleOf(Math.abs(value), unit);
  return symbol ? `${digits(value * scale)} ${symbol}` : digits(value * scale);
}

/** Axis labels: one prefix for the whole axis, chosen by its largest value. */
export function axisFormatter(unit, largest) {
  const [scale, symbol] = scaleOf(Math.abs(largest), unit);
  return value => symbol ? `${digits(value * scale)} ${symbol}` : digits(value * scale);
}
