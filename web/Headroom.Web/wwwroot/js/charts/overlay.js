// Crosshair and zoom by dragging or by keyboard, drawn over the plot so that moving the pointer never redraws the chart.
export class Overlay {
  constructor(element, actions) {
    this.element = element;
    this.actions = actions;
    this.line = this.part('crosshair');
    this.box = this.part('zoombox');
    this.abort = new AbortController();
    const on = (name, handler) => element.addEventListener(name, handler, { signal: this.abort.signal });
    on('pointermove', event => this.move(event));
    on('pointerdown', event => this.press(event));
    on('pointerup', event => this.release(event));
    on('pointerleave', () => { if (this.pressed === undefined) actions.hover(null); });
    on('keydown', event => this.key(event));
    on('blur', () => actions.hover(null));
  }

  part(kind) {
    const part = document.createElement('div');
    part.className = `chart-${kind}`;
    part.hidden = true;
    this.element.append(part);
    return part;
  }

  x(event) { return event.clientX - this.element.getBoundingClientRect().left; }

  move(event) {
    const x = this.x(event);
    this.actions.hover(this.actions.timeAt(x));
    if (this.pressed === undefined) return;
    this.box.hidden = Math.abs(x - this.pressed) < 4;
    this.box.style.left = `${Math.min(x, this.pressed)}px`;
    this.box.style.width = `${Math.abs(x - this.pressed)}px`;
  }

  press(event) {
    if (event.button !== 0 || event.pointerType === 'touch') return;
    this.pressed = this.x(event);
    this.element.setPointerCapture(event.pointerId);
  }

  release(event) {
    if (this.pressed === undefined) return;
    const [left, right] = [Math.min(this.pressed, this.x(event)), Math.max(this.pressed, this.x(event))];
    this.clear();
    const [from, to] = [this.actions.timeAt(left), this.actions.timeAt(right)];
    if (right - left > 8 && from !== null && to !== null) this.actions.zoom(from, to);
  }

  key(event) {
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      event.preventDefault();
      this.actions.step(event.key === 'ArrowLeft' ? -1 : 1);
    } else if (event.key === 'Escape') {
      this.actions.hover(null);
    }
  }

  redraw(x) {
    this.line.hidden = x === null;
    if (x !== null) this.line.style.transform = `translateX(${x}px)`;
  }

  clear() { this.pressed = undefined; this.box.hidden = true; }

  dispose() { this.abort.abort(); this.line.remove(); this.box.remove(); }
}
