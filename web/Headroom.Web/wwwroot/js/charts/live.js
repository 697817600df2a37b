// One stream per page for all its panels: new points arrive within a second of being stored. Closed while the tab is hidden.
import { groupKeys } from './series.js';

const subscribers = new Set();
let source, openedFor = '', timer;

/** Calls onPoints(time in Unix ms, value of key) for every new sample; returns the way to stop. */
export function subscribe(keys, onPoints, onState) {
  const subscriber = { keys, onPoints, onState };
  subscribers.add(subscriber);
  plan();
  return () => { subscribers.delete(subscriber); plan(); };
}

function plan() {
  clearTimeout(timer);
  timer = setTimeout(open, 60);
}

function open() {
  const wanted = [...new Set([...subscribers].flatMap(subscriber => subscriber.keys))].sort();
  const { query, order } = groupKeys(wanted);
  const address = wanted.length === 0 || document.hidden ? '' : `/api/v1/live?${query}`;
  if (address === openedFor) return;
  source?.close();
  openedFor = address;
  source = undefined;
  if (!address) return;

  source = new EventSource(address);
  const places = new Map(order.map((key, place) => [key, place]));
  source.addEventListener('points', event => {
    for (const [at, ...values] of JSON.parse(event.data)) {
      for (const subscriber of subscribers) subscriber.onPoints(at, key => values[places.get(key)] ?? null);
    }
    for (const subscriber of subscribers) subscriber.onState?.('live');
  });
  source.onerror = () => { for (const subscriber of subscribers) subscriber.onState?.('reconnecting'); };
}

document.addEventListener('visibilitychange', plan);
