// Names, colours and values under a panel's title: the newest values, or those under the crosshair. Each name switches its series.
const clock = new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'medium' });

export class Legend {
  constructor(element, toggle) {
    this.element = element;
    this.toggle = toggle;
    this.items = new Map();
    this.note = document.createElement('span');
    this.note.className = 'legend-note';
    element.replaceChildren(this.note);
  }

  show(rows, at, gap, note) {
    for (const [key, item] of this.items) if (!rows.some(row => row.key === key)) { item.button.remove(); this.items.delete(key); }
    for (const row of rows) {
      const item = this.items.get(row.key) ?? this.add(row);
      item.swatch.style.background = row.color ?? '';
      item.button.setAttribute('aria-pressed', String(!row.hidden));
      if (item.name.textContent !== row.name) item.name.textContent = row.name;
      if (item.value.textContent !== row.text) item.value.textContent = row.text;
    }
    const text = at === null || at === undefined ? '' : `${clock.format(at)}${gap ? `, gap: ${gap.reason}${gap.frames ? `, ${gap.frames} frames` : ''}` : ''}${note ? `, ${note.by}: ${note.text}` : ''}`;
    if (this.note.textContent !== text) this.note.textContent = text;
  }

  add(row) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'legend-item';
    button.title = 'Show or hide this line';
    const [swatch, name, value] = ['legend-swatch', 'legend-name', 'legend-value'].map(kind => Object.assign(document.createElement('span'), { className: kind }));
    button.append(swatch, name, value);
    button.addEventListener('click', () => this.toggle(row.key));
    this.element.insertBefore(button, this.note);
    const item = { button, swatch, name, value };
    this.items.set(row.key, item);
    return item;
  }
}
