// A panel of time series: data over HTTP, band of minimum and maximum around the mean, gaps shaded with their reason, linked crosshair,
// drag to zoom, live tail that keeps its data while paused, the period before as dashed lines. One file per idea beside this one.
import { gone } from './gone.js';
import { library } from './library.js';
import { chartTheme, onScheme, palette, token } from './theme.js';
import { axisFormatter, quantity } from './quantity.js';
import { fetchGaps, fetchSeries, seriesAddress } from './series.js';
import { subscribe } from './live.js';
import { hover, join } from './group.js';
import { Legend } from './legend.js';
import { Overlay } from './overlay.js';
import { buildOption } from './option.js';
import { findGaps, leastGap } from './gaps.js';
import { fetchNotes, noteAt, onNotes } from './notes.js';
import { fillTable, saveCsv, savePicture } from './export.js';

export async function create(parts, json, listener) {
  const echarts = await library();
  return !parts.canvas ? gone : new Panel(echarts, parts, JSON.parse(json), listener);
}

class Panel {
  constructor(echarts, parts, spec, listener) {
    Object.assign(this, { echarts, parts, spec, listener, data: new Map(), past: new Map(), gaps: [], notes: [], hidden: new Set(), visible: false, stale: true });
    this.legend = new Legend(parts.legend, name => this.toggle(name));
    this.overlay = new Overlay(parts.canvas, {
      timeAt: x => this.timeAt(x), hover, zoom: (from, to) => this.listener?.invokeMethodAsync('Zoomed', Math.round(from), Math.round(to)),
      step: direction => this.step(direction),
    });
    this.stops = [
      join(this),
      onScheme(() => this.start()),
      onNotes(() => this.readNotes()),
      () => this.stopLive?.(),
    ];
    this.sizes = new ResizeObserver(() => { this.chart?.resize(); this.overlay.clear(); });
    this.sizes.observe(parts.canvas);
    // A panel out of sight neither loads nor draws.
    this.seen = new IntersectionObserver(entries => {
      this.visible = entries.at(-1).isIntersecting;
      if (this.visible && this.stale) this.load(); else if (this.visible && this.dirty) this.draw();
    }, { rootMargin: '200px' });
    this.start();
    this.seen.observe(parts.canvas);
    parts.table.addEventListener('toggle', () => { if (parts.table.open) fillTable(parts.rows, this); });
    parts.canvas.closest('figure').addEventListener('click', event => {
      const action = event.target.dataset?.export;
      if (action === 'csv') saveCsv(this);
      if (action === 'png') savePicture(this.chart, this.spec.title);
    });
  }

  start() {
    this.chart?.dispose();
    this.chart = this.echarts.init(this.parts.plot, chartTheme());
    this.draw();
  }

  update(json) {
    const before = JSON.stringify([this.spec.view, this.spec.series]);
    this.spec = JSON.parse(json);
    if (JSON.stringify([this.spec.view, this.spec.series]) === before) { this.draw(); return; }
    this.stale = true;
    if (this.visible) this.load();
  }

  get host() { return this.spec.series[0].key.split(':')[0]; }

  async readNotes() {
    const [from, to] = this.range;
    this.notes = await fetchNotes(this.host, from, Math.max(to, Date.now()));
    this.schedule();
  }

  get keys() { return this.spec.series.map(series => series.key); }

  /** [from, to] in Unix ms: fixed, or ending at the newest sample. */
  get range() {
    const { view } = this.spec;
    if (!view.live) return [view.from, view.to];
    const end = this.newest ?? Date.now();
    return [end - view.windowMs, end];
  }

  async load() {
    this.stale = false;
    this.loading?.abort();
    const loading = this.loading = new AbortController();
    const { view } = this.spec;
    const to = view.live ? Date.now() : view.to, from = view.live ? to - view.windowMs : view.from;
    const points = Math.max(60, Math.min(2000, Math.round(this.parts.canvas.clientWidth)));
    this.parts.canvas.dataset.state = 'loading';
    this.say('Loading…');
    try {
      const span = to - from;
      const [data, past, gaps, notes] = await Promise.all([
        fetchSeries(this.keys, from, to, points, loading.signal),
        view.compare ? fetchSeries(this.keys, from - span, from, points, loading.signal) : new Map(),
        fetchGaps(this.host, from, to),
        fetchNotes(this.host, from, to),
      ]);
      if (loading.signal.aborted) return;
      Object.assign(this, { data: toPoints(data, 0), past: toPoints(past, span), knownGaps: gaps, notes, bucket: [...data.values()][0]?.bucket ?? 1000 });
      this.newest = undefined;
      this.tail = [];
      this.say(this.hasData() ? '' : view.live ? 'Waiting for the first sample…' : 'Nothing was measured in this range.');
      this.follow();
      this.draw();
      Object.assign(this.parts.canvas.dataset, { state: 'ready', shown: view.live ? 'live' : `${from}-${to}` });
    } catch (failure) {
      if (failure.name === 'AbortError') return;
      this.say(`Could not be loaded: ${failure.message}`);
      this.parts.canvas.dataset.state = 'failed';
      if (view.live) setTimeout(() => { if (!loading.signal.aborted) this.load(); }, 5000);
    }
  }

  follow() {
    this.stopLive?.();
    this.stopLive = undefined;
    if (!this.spec.view.live) return;
    for (const points of this.data.values()) for (let i = points.length - 1; i >= 0; i--) if (points[i].mean !== null) { this.newest = Math.max(this.newest ?? 0, points[i].at); break; }
    const loadedUpTo = this.newest ?? 0;
    this.stopLive = subscribe(this.keys, (at, value) => {
      if (at <= Math.max(loadedUpTo, this.newest ?? 0)) return;
      this.newest = at;
      const oldest = at - this.spec.view.windowMs - 2 * this.bucket;
      for (const [key, points] of this.data) {
        const number = value(key), silence = at - (points.at(-1)?.at ?? at);
        // Without it the line would be drawn across a stretch in which nothing was measured.
        if (silence > leastGap(this.bucket)) points.push({ at: at - 1, min: null, max: null, mean: null });
        points.push({ at, min: number, max: number, mean: number });
        while (points.length > 0 && points[0].at < oldest) points.shift();
      }
      this.parts.canvas.dataset.newest = String(at);
      if (this.parts.note.textContent) this.say('');
      this.schedule();
    });
  }

  /** At most one drawing per frame of the screen, none while out of sight. */
  schedule() {
    this.dirty = true;
    if (!this.visible || this.frame) return;
    this.frame = requestAnimationFrame(() => { this.frame = undefined; this.draw(); });
  }

  hasData() { return [...this.data.values()].some(points => points.some(point => point.mean !== null)); }

  draw() {
    if (!this.chart || this.chart.isDisposed?.()) return;
    this.dirty = false;
    const [from, to] = this.range;
    this.gaps = findGaps(this.data, this.knownGaps ?? [], from, to, this.bucket ?? 1000);
    const colors = palette();
    this.colors = this.spec.series.map((series, place) => series.color ? token(series.color) : colors[place % colors.length]);
    const built = buildOption(this, from, to);
    this.format = value => quantity(value, this.spec.unit);
    this.chart.setOption(built, { replaceMerge: ['series'] });
    this.parts.canvas.dataset.gaps = String(this.gaps.length);
    this.parts.canvas.dataset.notes = this.notes.map(note => note.text).join('; ');
    this.parts.canvas.dataset.points = String([...this.data.values()].reduce((sum, points) => sum + points.length, 0));
    this.showValues(this.pointed);
    this.overlay.redraw(this.pixelOf(this.pointed));
  }

  toggle(key) {
    if (this.hidden.has(key)) this.hidden.delete(key); else this.hidden.add(key);
    this.draw();
  }

  say(text) { if (this.parts.note.textContent !== text) this.parts.note.textContent = text; }

  timeAt(x) {
    const [value] = this.chart.convertFromPixel({ gridIndex: 0 }, [x, 0]) ?? [];
    const [from, to] = this.range;
    return value >= from && value <= to ? value : null;
  }

  pixelOf(at) {
    if (at === null || at === undefined) return null;
    const [from, to] = this.range;
    if (at < from || at > to) return null;
    return this.chart.convertToPixel({ xAxisIndex: 0 }, at);
  }

  step(direction) {
    const [from, to] = this.range;
    const next = Math.min(to, Math.max(from, (this.pointed ?? to) + direction * Math.max(this.bucket ?? 1000, (to - from) / 100)));
    hover(next);
  }

  crosshair(at) {
    this.pointed = at;
    this.overlay.redraw(this.pixelOf(at));
    this.showValues(at);
  }

  showValues(at) {
    const rows = this.spec.series.map((series, place) => {
      const value = valueAt(this.data.get(series.key), at);
      const before = this.spec.view.compare ? valueAt(this.past.get(series.key), at) : undefined;
      return { key: series.key, name: series.name, color: this.colors?.[place], hidden: this.hidden.has(series.key), text: this.rowText(value, before) };
    });
    const gap = at === null || at === undefined ? null : this.gaps.find(one => at >= one.from && at <= one.to);
    const [from, to] = this.range;
    this.legend.show(rows, at, gap, noteAt(this.notes, at, (to - from) / 100));
  }

  rowText(value, before) {
    const now = quantity(value, this.spec.unit);
    return before === undefined ? now : `${now} (before: ${quantity(before, this.spec.unit)})`;
  }

  address() {
    const [from, to] = this.range;
    return seriesAddress(this.keys, from, to, 2000);
  }

  dispose() {
    this.loading?.abort();
    for (const stop of this.stops) stop();
    this.sizes.disconnect();
    this.seen.disconnect();
    this.overlay.dispose();
    this.chart?.dispose();
    this.chart = undefined;
  }
}

function toPoints(series, shift) {
  const number = value => (Number.isNaN(value) ? null : value);
  return new Map([...series].map(([key, one]) => [key, Array.from(one.mean, (mean, i) => ({
    at: one.from + i * one.bucket + shift, min: number(one.min[i]), max: number(one.max[i]), mean: number(mean),
  }))]));
}

/** The bucket that holds a time; without a time the newest value. */
function valueAt(points, at) {
  if (!points?.length) return null;
  if (at === null || at === undefined) {
    for (let i = points.length - 1; i >= Math.max(0, points.length - 5); i--) if (points[i].mean !== null) return points[i].mean;
    return null;
  }
  let low = 0, high = points.length - 1;
  while (low < high) { const middle = (low + high + 1) >> 1; if (points[middle].at <= at) low = middle; else high = middle - 1; }
  const width = points.length > 1 ? Math.max(points[1].at - points[0].at, 1000) : 1000;
  return at >= points[low].at - width && at - points[low].at <= 2 * width ? points[low].mean : null;
}
