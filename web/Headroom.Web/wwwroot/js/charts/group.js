// Panels of one page: one crosshair over all, one range for all.
const panels = new Set();
let hovered = null;

export function join(panel) {
  panels.add(panel);
  if (hovered !== null) panel.crosshair(hovered);
  return () => panels.delete(panel);
}

export function hover(at) {
  hovered = at;
  for (const panel of panels) panel.crosshair(at);
}
