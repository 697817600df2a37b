// One metric of many entities over time on a plain canvas: a thousand rows stay fast. Shares crosshair and range with the panels.
import { gone } from './gone.js';
import { onScheme, token } from './theme.js';
import { quantity } from './quantity.js';
import { fetchSeries } from './series.js';
import { subscribe } from './live.js';
import { hover, join } from './group.js';
import { Overlay } from './overlay.js';

const perRequest = 64;
const clock = new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'medium' });

export function create(parts, json, listener) { return !parts.box ? gone : new HeatMap(parts, JSON.parse(json), listener); }

class HeatMap {
  constructor(parts, spec, listener) {
    Object.assign(this, { parts, spec, rows: new Map(), stale: true });
    this.overlay = new Overlay(parts.box, {
      timeAt: x => this.timeAt(x), hover, zoom: (from, to) => listener?.invokeMethodAsync('Zoomed', Math.round(from), Math.round(to)),
      step: direction => { const [from, to] = this.range; hover(Math.min(to, Math.max(from, (this.pointed ?? to) + direction * (to - from) / 100))); },
    });
    parts.box.addEventListener('pointermove', event => { this.row = Math.floor((event.clientY - parts.box.getBoundingClientRect().top) / this.rowHeight); this.show(); });
    this.stops = [join(this), onScheme(() => this.draw()), () => this.stopLive?.()];
    this.sizes = new ResizeObserver(() => this.draw());
    this.sizes.observe(parts.box);
    this.seen = new IntersectionObserver(entries => { this.visible = entries.at(-1).isIntersecting; if (this.visible) { if (this.stale) this.load(); else this.draw(); } }, { rootMargin: '200px' });
    this.seen.observe(parts.box);
  }

  get range() {
    const { view } = this.spec;
    return view.live ? [(this.newest ?? Date.now()) - view.windowMs, this.newest ?? Date.now()] : [view.from, view.to];
  }

  get rowHeight() { return this.parts.box.clientHeight / Math.max(1, this.spec.rows.length); }

  update(json) {
    const before = JSON.stringify([this.spec.view, this.spec.rows]);
    this.spec = JSON.parse(json);
    if (JSON.stringify([this.spec.view, this.spec.rows]) === before) return;
    this.stale = true;
    if (this.visible) this.load();
  }

  async load() {
    this.stale = false;
    this.loading?.abort();
    const loading = this.loading = new AbortController();
    const { view } = this.spec;
    const to = view.live ? Date.now() : view.to, from = view.live ? to - view.windowMs : view.from;
    const keys = this.spec.rows.map(row => row.key);
    try {
      const rows = new Map();
      for (let i = 0; i < keys.length; i += perRequest) {
        for (const [key, one] of await fetchSeries(keys.slice(i, i + perRequest), from, to, 300, loading.signal)) {
          rows.set(key, Array.from(one.mean, (mean, place) => ({ at: one.from + place * one.bucket, value: Number.isNaN(mean) ? null : mean })));
          this.bucket = one.bucket;
        }
      }
      this.rows = rows;
      this.newest = Math.max(0, ...[...rows.values()].map(points => points.findLast(point => point.value !== null)?.at ?? 0)) || undefined;
      this.parts.note.textContent = this.newest ? '' : 'Nothing was measured in this range.';
      this.stopLive?.();
      this.stopLive = view.live ? subscribe(keys, (at, value) => this.add(at, value)) : undefined;
      this.draw();
    } catch (failure) {
      if (failure.name !== 'AbortError') this.parts.note.textContent = `Could not be loaded: ${failure.message}`;
    }
  }

  add(at, value) {
    if (at <= (this.newest ?? 0)) return;
    this.newest = at;
    const oldest = at - this.spec.view.windowMs - 2 * this.bucket;
    for (const [key, points] of this.rows) {
      const number = value(key), last = points.at(-1);
      // Columns keep the width of the loaded buckets; the newest column is the mean of its seconds so far.
      if (last && at < last.at + this.bucket && last.value !== null && number !== null) { last.count = (last.count ?? 1) + 1; last.value += (number - last.value) / last.count; }
      else points.push({ at, value: number });
      while (points.length > 0 && points[0].at < oldest) points.shift();
    }
    this.parts.note.textContent = '';
    if (this.visible && !this.frame) this.frame = requestAnimationFrame(() => { this.frame = undefined; this.draw(); });
  }

  draw() {
    const { canvas, box } = this.parts, ratio = devicePixelRatio || 1, width = box.clientWidth, height = box.clientHeight;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const pen = canvas.getContext('2d');
    pen.scale(ratio, ratio);
    const [from, to] = this.range, colors = ramp();
    this.spec.rows.forEach((row, place) => {
      const points = this.rows.get(row.key) ?? [], top = place * this.rowHeight, tall = Math.max(1, this.rowHeight - (this.rowHeight > 4 ? 1 : 0));
      points.forEach((point, i) => {
        if (point.value === null) return;
        const next = points[i + 1]?.at ?? point.at + this.bucket, left = (point.at - from) / (to - from) * width;
        pen.fillStyle = colors[Math.max(0, Math.min(colors.length - 1, Math.round(point.value / this.spec.maximum * (colors.length - 1))))];
        pen.fillRect(left, top, Math.max(1, (Math.min(next, point.at + 2 * this.bucket) - point.at) / (to - from) * width + 0.5), tall);
      });
    });
    this.show();
  }

  timeAt(x) { const [from, to] = this.range; return from + x / this.parts.box.clientWidth * (to - from); }

  crosshair(at) {
    this.pointed = at;
    const [from, to] = this.range;
    this.overlay.redraw(at === null || at < from || at > to ? null : (at - from) / (to - from) * this.parts.box.clientWidth);
    this.show();
  }

  show() {
    const row = this.spec.rows[this.row ?? 0], at = this.pointed;
    const point = at === null || at === undefined ? null : this.rows.get(row?.key)?.findLast(one => one.at <= at);
    const text = point ? `${row.name}, ${clock.format(point.at)}: ${quantity(point.value, this.spec.unit)}` : `${this.spec.rows.length} rows, ${this.spec.rows[0]?.name} at the top`;
    if (this.parts.legend.textContent !== text) this.parts.legend.textContent = text;
  }

  dispose() {
    this.loading?.abort();
    for (const stop of this.stops) stop();
    this.sizes.disconnect();
    this.seen.disconnect();
    this.overlay.dispose();
  }
}

/** The heat tokens, blended to 61 steps. */
function ramp() {
  const stops = [0, 1, 2, 3, 4, 5].map(n => { const hex = token(`--heat-${n}`); return [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16)); });
  return Array.from({ length: 61 }, (_, i) => {
    const place = i / 60 * (stops.length - 1), low = Math.min(stops.length - 2, Math.floor(place)), part = place - low;
    return `rgb(${stops[low].map((value, c) => Math.round(value + (stops[low + 1][c] - value) * part)).join(',')})`;
  });
}
