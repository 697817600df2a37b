// Where nothing is known: gaps the store knows the reason of, and stretches in which no series of the panel has a value.
/** Shorter silences are jitter of the agent's clock and of the network. */
export const leastGap = bucket => Math.max(3500, 2.5 * bucket);

export function findGaps(data, known, from, to, bucket) {
  const gaps = known.filter(gap => gap.to > from && gap.from < to).map(gap => ({ from: Math.max(from, gap.from), to: Math.min(to, gap.to), reason: gap.reason, frames: gap.frames }));
  const least = leastGap(bucket);
  const times = [...new Set([...data.values()].flatMap(points => points.filter(point => point.mean !== null).map(point => point.at)))].sort((a, b) => a - b);
  for (let i = 1; i < times.length; i++) {
    const gap = { from: times[i - 1] + bucket, to: times[i] };
    if (times[i] - times[i - 1] > least && !gaps.some(other => other.from < gap.to && other.to > gap.from)) gaps.push({ ...gap, reason: 'no samples arrived' });
  }
  return gaps;
}
