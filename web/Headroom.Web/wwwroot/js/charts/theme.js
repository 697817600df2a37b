// Charts take every colour from the page's CSS tokens, so that one place decides and both schemes follow.
export const token = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export const palette = () => [1, 2, 3, 4, 5, 6, 7, 8].map(n => token(`--chart-${n}`));

/** Replaces 'var(--name)' in any string of an option by the present colour. */
export function resolve(value) {
  if (typeof value === 'string') return value.replace(/var\((--[\w-]+)\)/g, (_, name) => token(name));
  if (Array.isArray(value)) return value.map(resolve);
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner)]));
  return value;
}

export function chartTheme() {
  const ink = token('--ink'), axis = token('--chart-axis'), grid = token('--chart-grid'), panel = token('--panel'), line = token('--line');
  const family = getComputedStyle(document.body).fontFamily;
  const axisStyle = {
    axisLine: { lineStyle: { color: line } }, axisTick: { lineStyle: { color: line } },
    axisLabel: { color: axis, fontSize: 11, fontFamily: family }, splitLine: { lineStyle: { color: grid } },
    nameTextStyle: { color: axis, fontSize: 11, fontFamily: family },
  };
  return {
    color: palette(), backgroundColor: 'transparent',
    textStyle: { fontFamily: family, color: ink },
    categoryAxis: { ...axisStyle, splitLine: { show: false } }, valueAxis: axisStyle, logAxis: axisStyle, timeAxis: { ...axisStyle, splitLine: { show: false } },
    legend: { textStyle: { color: axis, fontSize: 12, fontFamily: family }, inactiveColor: token('--chart-gap'), itemWidth: 12, itemHeight: 8, icon: 'roundRect', pageTextStyle: { color: axis } },
    tooltip: { backgroundColor: panel, borderColor: line, borderWidth: 1, padding: [8, 10], textStyle: { color: ink, fontSize: 12, fontFamily: family }, extraCssText: 'box-shadow:0 4px 16px rgb(0 0 0/14%);border-radius:6px' },
    visualMap: { textStyle: { color: axis, fontSize: 11 }, inRange: { color: [0, 1, 2, 3, 4, 5].map(n => token(`--heat-${n}`)) } },
    label: { color: ink }, title: { textStyle: { color: ink } },
  };
}

export function onScheme(handler) {
  addEventListener('headroom:scheme', handler);
  return () => removeEventListener('headroom:scheme', handler);
}
