// A table that shows thousands of rows and has only those in the document that can be seen. Rows have one of two heights.

import { el } from './dom.js';

const BEYOND = 8;

function named(role, elements) {
  for (const element of elements) element.setAttribute('role', role);
}

export class Window {
  /**
   * `row(item)` makes a row, `key(item)` tells rows apart, `tall(item)` says which height it has, `open(item)` is what Enter
   * and a click do.
   */
  constructor(scroller, { row, key, tall = () => false, open }) {
    Object.assign(this, { scroller, row, key, tall, open });
    this.table = scroller.querySelector('table');
    this.body = this.table.tBodies[0];
    // Named one by one: laid out as a grid, they would not be taken for parts of a table.
    named('grid', [this.table]);
    named('rowgroup', [this.table.tHead, this.body]);
    named('row', this.table.tHead.rows);
    named('columnheader', this.table.tHead.rows[0].cells);
    this.above = el('tr', { class: 'room', 'aria-hidden': 'true' });
    this.below = this.above.cloneNode();
    this.body.append(this.above, this.below);
    this.items = [];
    this.ends = [];
    this.rows = new Map();
    this.active = undefined;
    scroller.tabIndex = -1;
    scroller.addEventListener('scroll', () => this.draw(), { passive: true });
    new ResizeObserver(() => { this.measure(); this.draw(); }).observe(scroller);
    this.body.addEventListener('click', (event) => this.clicked(event));
    scroller.addEventListener('keydown', (event) => this.pressed(event));
  }

  /**
   * Shows these items; what is at the top of the view stays there unless it is the very top. `anew`: the same items look
   * different now.
   */
  show(items, anew = false) {
    const focused = anew ? this.focusedKey() : undefined;
    if (anew) this.forget();
    const top = this.scroller.scrollTop;
    const held = top > 0 ? this.items[this.at(top)] : undefined;
    const before = held && this.start(this.items.indexOf(held));
    this.items = items;
    this.measure();
    this.table.setAttribute('aria-rowcount', items.length + 1);
    if (held) {
      const after = items.findIndex((item) => this.key(item) === this.key(held));
      if (after >= 0) this.scroller.scrollTop = top + this.start(after) - before;
    }
    this.draw();
    this.rows.get(focused)?.focus({ preventScroll: true });
  }

  forget() {
    for (const row of this.rows.values()) row.remove();
    this.rows.clear();
  }

  measure() {
    const style = getComputedStyle(this.table);
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const [low, high] = ['--row', '--row-tall'].map((name) => parseFloat(style.getPropertyValue(name)) * rem);
    let end = 0;
    this.ends = this.items.map((item) => (end += this.tall(item) ? high : low));
  }

  start(index) {
    return index > 0 ? this.ends[index - 1] : 0;
  }

  /** The item at so many pixels from the top. */
  at(pixels) {
    let [low, high] = [0, this.ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ends[middle] <= pixels) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  draw() {
    const { scrollTop, clientHeight } = this.scroller;
    const first = Math.max(0, this.at(scrollTop) - BEYOND);
    const last = Math.min(this.items.length, this.at(scrollTop + clientHeight) + BEYOND);
    const wanted = this.items.slice(first, last);
    const keys = new Set(wanted.map(this.key));
    for (const [key, row] of this.rows) {
      if (keys.has(key)) continue;
      // Focus must not fall out of the table with the row that has it.
      if (row === document.activeElement) this.scroller.focus({ preventScroll: true });
      row.remove();
      this.rows.delete(key);
    }
    this.above.style.height = `${this.start(first)}px`;
    this.below.style.height = `${(this.ends.at(-1) ?? 0) - this.start(last)}px`;
    let place = this.above.nextSibling;
    wanted.forEach((item, offset) => {
      const row = this.rowOf(item);
      row.setAttribute('aria-rowindex', first + offset + 2);
      if (row === place) place = place.nextSibling;
      else this.body.insertBefore(row, place);
    });
    if (!wanted.length) return;
    const visible = wanted.find((_, offset) => this.start(first + offset) >= scrollTop) ?? wanted[0];
    this.choose(keys.has(this.active) ? this.active : this.key(visible));
  }

  rowOf(item) {
    const key = this.key(item);
    if (!this.rows.has(key)) {
      const row = this.row(item);
      named('row', [row]);
      named('gridcell', row.cells);
      row.tabIndex = -1;
      row.classList.toggle('tall', this.tall(item));
      this.rows.set(key, row);
    }
    return this.rows.get(key);
  }

  /** One row can be reached with Tab, the others from it with the arrow keys. */
  choose(key) {
    if (key === undefined) return;
    this.rows.get(this.chosen)?.setAttribute('tabindex', '-1');
    this.chosen = key;
    this.rows.get(key)?.setAttribute('tabindex', '0');
  }

  /** The key of the row that an element is in. */
  keyOf(element) {
    for (const [key, row] of this.rows) if (row.contains(element)) return key;
    return undefined;
  }

  focusedKey() {
    return this.keyOf(document.activeElement);
  }

  /** Brings an item into view and gives it the focus. */
  focus(index) {
    const item = this.items[index];
    if (!item) return;
    const { clientHeight, scrollTop } = this.scroller;
    const head = this.table.tHead.offsetHeight;
    const [start, end] = [this.start(index), this.ends[index]];
    if (start < scrollTop) this.scroller.scrollTop = start;
    else if (end + head > scrollTop + clientHeight) this.scroller.scrollTop = end + head - clientHeight;
    this.active = this.key(item);
    this.draw();
    this.rows.get(this.active).focus({ preventScroll: true });
  }

  indexOf(key) {
    return this.items.findIndex((item) => this.key(item) === key);
  }

  clicked(event) {
    const key = this.keyOf(event.target);
    // A selection of text is no click.
    if (key === undefined || !getSelection().isCollapsed) return;
    this.active = key;
    this.choose(key);
    this.rows.get(key).focus({ preventScroll: true });
    this.open(this.items[this.indexOf(key)]);
  }

  pressed(event) {
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / (this.ends[0] || 1)) - 2);
    const current = this.indexOf(this.focusedKey() ?? this.chosen);
    const to = { ArrowDown: current + 1, ArrowUp: current - 1, PageDown: current + page, PageUp: current - page, Home: 0, End: Infinity }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.focus(Math.min(Math.max(to, 0), this.items.length - 1));
    } else if ((event.key === 'Enter' || event.key === ' ') && this.focusedKey() !== undefined) {
      event.preventDefault();
      this.open(this.items[current]);
    }
  }
}
