// Fetches series over HTTP in their binary form (docs/web.md, "Series on the wire"): float32 arrays, NaN where nothing was measured.
import { SharedLists } from './requests.js';

const headerBytes = 8, seriesHeaderBytes = 24;

/** Groups 'host:entity:metric' keys by entity, so that the address stays short: s=1:5:a,b&s=1:7:c. Order of answer = order of keys grouped. */
export function groupKeys(keys) {
  const groups = new Map();
  for (const key of keys) {
    const [host, entity, metric] = key.split(':');
    const id = `${host}:${entity}`;
    if (!groups.has(id)) groups.set(id, []);
    groups.get(id).push(metric);
  }
  const query = [...groups].map(([id, metrics]) => `s=${id}:${metrics.join(',')}`).join('&');
  const order = [...groups].flatMap(([id, metrics]) => metrics.map(metric => `${id}:${metric}`));
  return { query, order };
}

export function seriesAddress(keys, from, to, points) {
  return `/api/v1/series?${groupKeys(keys).query}&from=${Math.round(from)}&to=${Math.round(to)}&points=${points}`;
}

/** Map of key to { from, bucket, min, max, mean } (times in Unix ms). */
export async function fetchSeries(keys, from, to, points, signal) {
  const { order } = groupKeys(keys);
  const answer = await fetch(seriesAddress(keys, from, to, points), { headers: { accept: 'application/octet-stream' }, signal });
  if (!answer.ok) throw new Error((await answer.json().catch(() => null))?.detail ?? `the server answered ${answer.status}`);
  const buffer = await answer.arrayBuffer();
  const view = new DataView(buffer);
  const result = new Map();
  let at = headerBytes;
  for (let i = 0; i < view.getInt32(4, true); i++) {
    const start = Number(view.getBigInt64(at, true)), bucket = Number(view.getBigInt64(at + 8, true)), length = view.getInt32(at + 16, true);
    at += seriesHeaderBytes;
    const array = () => { const values = new Float32Array(buffer, at, length); at += length * 4; return values; };
    result.set(order[i], { from: start, bucket, min: array(), max: array(), mean: array() });
  }
  return result;
}

const gaps = new SharedLists();

/** Known gaps of a host. */
export const fetchGaps = (host, from, to) => gaps.items(`/api/v1/hosts/${host}/gaps?from=${Math.round(from)}&to=${Math.round(to)}&limit=2000`);
