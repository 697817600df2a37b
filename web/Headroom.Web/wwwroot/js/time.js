// Ranges are typed in the browser's own zone and travel as Unix milliseconds.
export function toLocal(unix) {
  const at = new Date(unix - new Date(unix).getTimezoneOffset() * 60_000);
  return at.toISOString().slice(0, 19);
}

export function toUnix(text) {
  const at = text ? new Date(text).getTime() : NaN;
  return Number.isNaN(at) ? null : at;
}

export function close(details) { details?.removeAttribute('open'); }
