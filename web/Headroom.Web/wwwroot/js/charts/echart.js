// Any ECharts option from C#: adds the theme, follows the colour scheme and the size of its box.
import { gone } from './gone.js';
import { library } from './library.js';
import { chartTheme, onScheme, resolve } from './theme.js';
import { quantity } from './quantity.js';

export async function create(element, json, listener) {
  const echarts = await library();
  if (!element) return gone;
  let option = JSON.parse(json);
  let chart;

  const draw = () => {
    chart?.dispose();
    chart = echarts.init(element, chartTheme(), { renderer: 'canvas' });
    chart.setOption(withUnits(resolve(option)));
    if (listener) chart.on('click', event => listener.invokeMethodAsync('ItemClicked', event.seriesName ?? null, event.dataIndex ?? -1));
  };
  draw();

  const stopScheme = onScheme(draw);
  const sizes = new ResizeObserver(() => chart?.resize());
  sizes.observe(element);
  return {
    update(next) { option = JSON.parse(next); chart.setOption(withUnits(resolve(option)), { notMerge: true }); },
    dispose() { stopScheme(); sizes.disconnect(); chart?.dispose(); chart = undefined; },
  };
}

/** Functions cannot travel from C#: an axis, series or tooltip with a unit gets its formatter here. */
function withUnits(option) {
  const each = (value, apply) => (Array.isArray(value) ? value : value ? [value] : []).forEach(apply);
  for (const key of ['xAxis', 'yAxis']) each(option[key], axis => { if (axis.unit) axis.axisLabel = { ...axis.axisLabel, formatter: value => quantity(value, axis.unit) }; });
  each(option.series, series => { if (series.unit) series.tooltip = { ...series.tooltip, valueFormatter: value => quantity(Array.isArray(value) ? value.at(-1) : value, series.unit) }; });
  each(option.visualMap, map => { if (map.unit) map.formatter = value => quantity(value, map.unit); });
  if (option.tooltip?.unit) { const unit = option.tooltip.unit; option.tooltip.valueFormatter = value => quantity(Array.isArray(value) ? value.at(-1) : value, unit); }
  return { animationDuration: 200, aria: { enabled: true }, ...option };
}
