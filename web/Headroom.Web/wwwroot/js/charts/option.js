// The ECharts option of a panel.
import { axisFormatter } from './quantity.js';
import { token } from './theme.js';

export function buildOption(panel, from, to) {
  const { spec } = panel;
  const shown = spec.series.map((series, place) => ({ ...series, place, color: panel.colors[place] })).filter(series => !panel.hidden.has(series.key));
  const largest = spec.maximum ?? largestOf(panel, shown, spec.stacked);
  return {
    animation: false,
    grid: { left: 6, right: 10, top: 8, bottom: 4, containLabel: true },
    tooltip: { show: false },
    xAxis: { type: 'time', min: from, max: to, splitNumber: 5, axisLabel: { hideOverlap: true, formatter: timeFormatter(to - from) }, axisPointer: { show: false } },
    yAxis: { type: 'value', min: spec.minimum ?? 0, max: spec.maximum ?? null, splitNumber: 3, axisLabel: { formatter: axisFormatter(spec.unit, largest), hideOverlap: true } },
    series: shown.flatMap(series => lines(panel, series)).concat(gapShading(panel), noteMarks(panel, to)),
  };
}

function lines(panel, series) {
  const points = panel.data.get(series.key) ?? [];
  const mean = {
    id: series.key, name: series.name, type: 'line', symbol: 'none', connectNulls: false, silent: true, z: 3,
    lineStyle: { color: series.color, width: panel.spec.stacked ? 1 : 1.6 }, itemStyle: { color: series.color },
    data: points.map(point => [point.at, point.mean]),
  };
  if (panel.spec.stacked) return [{ ...mean, stack: 'all', areaStyle: { color: series.color, opacity: 0.55 } }, ...past(panel, series)];

  const band = points.some(point => point.max !== null && point.max > point.min) ? [
    { id: `${series.key}|low`, type: 'line', symbol: 'none', silent: true, stack: series.key, stackStrategy: 'all', lineStyle: { opacity: 0 }, data: points.map(point => [point.at, point.min]) },
    { id: `${series.key}|high`, type: 'line', symbol: 'none', silent: true, stack: series.key, stackStrategy: 'all', lineStyle: { opacity: 0 }, areaStyle: { color: series.color, opacity: 0.18 },
      data: points.map(point => [point.at, point.max === null ? null : point.max - point.min]) },
  ] : [];
  const fill = panel.spec.series.length === 1 && band.length === 0 ? { areaStyle: { color: series.color, opacity: 0.1 } } : {};
  return [...band, { ...mean, ...fill }, ...past(panel, series)];
}

function past(panel, series) {
  const points = panel.past.get(series.key);
  if (!points?.length) return [];
  return [{
    id: `${series.key}|past`, type: 'line', symbol: 'none', silent: true, connectNulls: false, z: 2, data: points.map(point => [point.at, point.mean]),
    ...(panel.spec.stacked ? { stack: 'past' } : {}), lineStyle: { color: panel.spec.stacked ? token('--chart-past') : series.color, width: 1.2, type: [4, 4], opacity: 0.75 },
  }];
}

function gapShading(panel) {
  const color = token('--chart-gap');
  return [{
    id: 'gaps', type: 'line', data: [], silent: true,
    markArea: { silent: true, itemStyle: { color, opacity: 0.22 }, data: panel.gaps.map(gap => [{ xAxis: gap.from }, { xAxis: gap.to }]) },
  }];
}

function noteMarks(panel, to) {
  const color = token('--chart-note');
  return [{
    id: 'notes', type: 'line', data: [], silent: true, z: 4,
    markLine: { silent: true, symbol: ['none', 'circle'], symbolSize: 6, label: { show: false }, lineStyle: { color, width: 1.2, type: [3, 3] }, data: panel.notes.map(note => ({ xAxis: note.at })) },
    markArea: { silent: true, itemStyle: { color, opacity: 0.1 }, data: panel.notes.filter(note => note.until).map(note => [{ xAxis: note.at }, { xAxis: Math.min(note.until, to) }]) },
  }];
}

function largestOf(panel, shown, stacked) {
  const tops = shown.map(series => (panel.data.get(series.key) ?? []).reduce((top, point) => Math.max(top, Math.abs(point.max ?? 0)), 0));
  return stacked ? tops.reduce((sum, top) => sum + top, 0) : Math.max(0, ...tops);
}

function timeFormatter(span) {
  const two = number => String(number).padStart(2, '0');
  const date = at => new Date(at);
  if (span <= 5 * 60e3) return at => `${two(date(at).getHours())}:${two(date(at).getMinutes())}:${two(date(at).getSeconds())}`;
  if (span <= 36 * 3600e3) return at => `${two(date(at).getHours())}:${two(date(at).getMinutes())}`;
  return at => `${date(at).getMonth() + 1}/${date(at).getDate()} ${two(date(at).getHours())}:00`;
}
