// <bar-chart> draws earnings as SVG bars for its width. Provisional bars are hatched, not only paler. The arrow keys
// select a bar, and screen readers announce it; the view shows the same values in a table below.

import { svg } from '../dom.js';
import { drawable, exact } from '../amounts.js';
import { bucketInFull, bucketName } from '../times.js';
import { ticks } from './scale.js';

const HEIGHT = 232;
const MARGIN = { top: 12, right: 4, bottom: 26, left: 52 };
const LEAST_LABEL_WIDTH = 66;
const AXIS = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 });

class BarChart extends HTMLElement {
  #earnings;
  #chosen = -1;
  #width = 0;
  #places = [];

  connectedCallback() {
    this.tabIndex = 0;
    this.setAttribute('role', 'group');
    this.setAttribute('aria-roledescription', 'bar chart');
    this.spoken = Object.assign(document.createElement('output'), { className: 'spoken' });
    this.tip = Object.assign(document.createElement('div'), { className: 'tip', hidden: true });
    this.tip.setAttribute('aria-hidden', 'true');
    this.append(this.spoken, this.tip);
    this.observer = new ResizeObserver(([entry]) => this.#fit(entry.contentRect.width));
    this.observer.observe(this);
    this.addEventListener('pointermove', (event) => this.#choose(this.#at(event)));
    this.addEventListener('pointerleave', () => this.#choose(-1));
    this.addEventListener('blur', () => this.#choose(-1));
    this.addEventListener('keydown', (event) => this.#key(event));
  }

  disconnectedCallback() {
    this.observer.disconnect();
  }

  /** A response of the API; setting the same object again has no effect. */
  set earnings(earnings) {
    if (earnings !== this.#earnings) {
      this.#earnings = earnings;
      this.#draw();
    }
  }

  #fit(width) {
    if (Math.abs(width - this.#width) >= 1) {
      this.#width = width;
      this.#draw();
    }
  }

  #draw() {
    if (!this.#earnings || this.#width < 1) {
      return;
    }
    const { items, interval } = this.#earnings;
    const values = items.map((item) => drawable(item.earningsGnk));
    const lines = ticks(Math.min(...values, 0), Math.max(...values, 0));
    const inner = { width: this.#width - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
    const y = (value) => MARGIN.top + inner.height * ((lines.at(-1) - value) / (lines.at(-1) - lines[0]));
    const slot = inner.width / Math.max(1, items.length);
    this.#places = items.map((_, i) => MARGIN.left + (i + 0.5) * slot);
    const drawing = svg('svg', { width: this.#width, height: HEIGHT, 'aria-hidden': 'true', focusable: 'false' },
      hatch(), ...lines.flatMap((line) => this.#line(line, y(line))),
      ...items.map((item, i) => bar(item, this.#places[i], Math.min(36, slot * 0.72), y(0), y(values[i]))),
      ...this.#names(items, interval, slot));
    this.querySelector('svg')?.remove();
    this.prepend(drawing);
    this.#choose(Math.min(this.#chosen, items.length - 1));
  }

  #line(value, y) {
    const label = svg('text', { x: MARGIN.left - 8, y: y + 4, 'text-anchor': 'end' }, AXIS.format(value));
    return [svg('line', { x1: MARGIN.left, x2: this.#width - MARGIN.right, y1: y, y2: y, class: value === 0 ? 'zero' : 'grid' }), label];
  }

  /** As many labels as fit, always including the newest. */
  #names(items, interval, slot) {
    const every = Math.max(1, Math.ceil(LEAST_LABEL_WIDTH / slot));
    return items.flatMap((item, i) => ((items.length - 1 - i) % every === 0
      ? [this.#name(item, interval, i === items.length - 1 && slot < LEAST_LABEL_WIDTH, i)]
      : []));
  }

  #name({ date }, interval, atTheEdge, i) {
    const x = atTheEdge ? this.#width - MARGIN.right : this.#places[i];
    return svg('text', { x, y: HEIGHT - 6, 'text-anchor': atTheEdge ? 'end' : 'middle' }, bucketName(date, interval));
  }

  #at(event) {
    const x = event.clientX - this.getBoundingClientRect().left;
    const slot = (this.#width - MARGIN.left - MARGIN.right) / Math.max(1, this.#places.length);
    return Math.min(this.#places.length - 1, Math.floor((x - MARGIN.left) / slot));
  }

  #key(event) {
    const last = this.#places.length - 1;
    const from = this.#chosen < 0 ? last + 1 : this.#chosen;
    const to = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: last, Escape: -1 }[event.key];
    if (to === undefined) {
      return;
    }
    event.preventDefault();
    this.#choose(to === -1 && event.key === 'ArrowLeft' ? 0 : Math.min(to, last));
    this.spoken.textContent = this.#chosen < 0 ? '' : this.#told(this.#earnings.items[this.#chosen]).join(', ');
  }

  #choose(index) {
    this.#chosen = index < 0 ? -1 : index;
    this.querySelectorAll('.bar').forEach((one, i) => one.classList.toggle('is-chosen', i === this.#chosen));
    this.tip.hidden = this.#chosen < 0;
    if (this.#chosen >= 0) {
      const [day, amount, ...more] = this.#told(this.#earnings.items[this.#chosen]);
      const strong = Object.assign(document.createElement('strong'), { textContent: amount });
      this.tip.replaceChildren(...[day, strong, ...more].map((one) =>
        (typeof one === 'string' ? Object.assign(document.createElement('span'), { textContent: one }) : one)));
      const half = this.tip.offsetWidth / 2;
      const x = Math.min(Math.max(this.#places[this.#chosen], half), this.#width - half);
      this.tip.style.setProperty('left', `${x}px`);
    }
  }

  #told(item) {
    return [
      `${bucketInFull(item.date, this.#earnings.interval)} (UTC)`,
      `${exact(item.earningsGnk)} GNK`,
      `${exact(item.earningsNgonka)} ngonka`,
      [item.state ?? 'no earnings', item.nodes === undefined ? null : `${item.nodes} nodes with earnings`].filter(Boolean).join(', '),
    ];
  }
}

function bar(item, middle, width, zero, end) {
  // A minimum height keeps small bars visible.
  const height = item.earningsNgonka === '0' ? 0 : Math.max(2, Math.abs(zero - end));
  const box = { x: middle - width / 2, y: end > zero ? zero : zero - height, width, height, rx: Math.min(3, width / 4, height / 2) };
  return svg('rect', { ...box, class: `bar is-${item.state ?? 'none'}` });
}

/** Uses the colours of the chart, so that it follows the theme. */
function hatch() {
  const pattern = svg('pattern', { id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    svg('rect', { width: 6, height: 6, class: 'hatch-ground' }), svg('rect', { width: 2.5, height: 6, class: 'hatch-line' }));
  return svg('defs', {}, pattern);
}

customElements.define('bar-chart', BarChart);
