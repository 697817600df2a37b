// What people and jobs wrote onto a time: panels of one page that ask for the same range share one request; a new note reaches all of them.
import { SharedLists } from './requests.js';

const lists = new SharedLists();
const listeners = new Set();

export function fetchNotes(host, from, to) {
  // Whole seconds, so that panels ask alike; outwards, so that a note of this very moment is within.
  return lists.items(`/api/v1/notes?host=${host}&from=${Math.floor(from / 1000) * 1000}&to=${(Math.floor(to / 1000) + 1) * 1000}`);
}

export function onNotes(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Called by the page after a note was written or taken away. */
export function changed() {
  lists.clear();
  for (const listener of listeners) listener();
}

/** The note that a time touches: within it, or near its instant. */
export function noteAt(notes, at, near) {
  return at === null || at === undefined ? null : notes.find(note => at >= note.at - near && at <= (note.until ?? note.at) + near) ?? null;
}
