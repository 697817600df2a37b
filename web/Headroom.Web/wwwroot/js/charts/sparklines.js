// Small CPU histories of the fleet: one request for all hosts, drawn on the canvases the table has at the moment.
import { onScheme, token } from './theme.js';

const every = 2000;

export function start() {
  let sparks = new Map(), timer, stopped = false;

  const drawAll = () => document.querySelectorAll('canvas[data-spark]').forEach(canvas => draw(canvas, sparks.get(Number(canvas.dataset.spark))));
  const load = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch('/api/v1/fleet');
        if (answer.ok) sparks = new Map((await answer.json()).map(host => [host.hostId, host.spark]));
        drawAll();
      } catch { /* the table itself says when the server is away */ }
    }
    if (!stopped) timer = setTimeout(load, every);
  };
  const stopScheme = onScheme(drawAll);
  const rows = new MutationObserver(drawAll);
  rows.observe(document.getElementById('content'), { childList: true, subtree: true });
  load();
  return { stop() { stopped = true; clearTimeout(timer); rows.disconnect(); stopScheme(); } };
}

function draw(canvas, values) {
  const ratio = devicePixelRatio || 1, width = canvas.clientWidth, height = canvas.clientHeight;
  if (canvas.width !== width * ratio) { canvas.width = width * ratio; canvas.height = height * ratio; }
  const pen = canvas.getContext('2d');
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  if (!values?.length) return;
  const x = i => 1 + i * (width - 2) / Math.max(1, values.length - 1), y = value => height - 2 - Math.min(1, value) * (height - 4);
  pen.fillStyle = token('--chart-grid');
  pen.fillRect(0, height - 1, width, 1);
  pen.strokeStyle = pen.fillStyle = token('--chart-1');
  pen.lineWidth = 1.4;
  pen.lineJoin = 'round';
  for (let i = 0; i < values.length; i++) {
    if (values[i] === null) continue;
    let end = i;
    while (end + 1 < values.length && values[end + 1] !== null) end++;
    pen.beginPath();
    for (let j = i; j <= end; j++) pen.lineTo(x(j), y(values[j]));
    pen.stroke();
    pen.globalAlpha = 0.14;
    pen.lineTo(x(end), height - 1);
    pen.lineTo(x(i), height - 1);
    pen.fill();
    pen.globalAlpha = 1;
    i = end;
  }
}
