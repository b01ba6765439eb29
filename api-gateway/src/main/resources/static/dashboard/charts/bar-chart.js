// <bar-chart> draws stacked bars as SVG for its width. Kinds differ in pattern or place, not only in colour. The arrow
// keys select a bar, and screen readers announce it; the view shows the same values in a table below.

import { svg } from '../dom.js';
import { t } from '../texts.js';
import { ticks } from './scale.js';

const HEIGHT = 232;
const MARGIN = { top: 12, right: 4, bottom: 26, left: 52 };
const LEAST_LABEL_WIDTH = 66;
const HATCHED = ['provisional', 'unclaimed', 'failed'];

class BarChart extends HTMLElement {
  #chart;
  #chosen = -1;
  #width = 0;
  #places = [];

  connectedCallback() {
    this.tabIndex = 0;
    this.setAttribute('role', 'group');
    this.setAttribute('aria-roledescription', t('chart.role'));
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

  /**
   * Setting the same object again has no effect. `bars` have `axis` (label), `lines` (text, the second in bold), `parts`
   * ({ kind, value }, negative ones below zero), `state`, and optionally `mark`, `partial` and `level` (a value drawn as a line
   * across the bar); `format` is that of the axis, `top` the least end of the axis.
   */
  set chart(chart) {
    if (chart !== this.#chart) {
      this.#chart = chart;
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
    if (!this.#chart || this.#width < 1) {
      return;
    }
    const { bars, format, top = 0 } = this.#chart;
    const sum = ({ parts }, wanted) => parts.filter(({ value }) => wanted(value)).reduce((all, { value }) => all + value, 0);
    const lines = ticks(Math.min(0, ...bars.map((bar) => sum(bar, (value) => value < 0))),
      Math.max(top, ...bars.map((bar) => Math.max(bar.level ?? 0, sum(bar, (value) => value > 0)))));
    const inner = { width: this.#width - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
    const y = (value) => MARGIN.top + inner.height * ((lines.at(-1) - value) / (lines.at(-1) - lines[0]));
    const slot = inner.width / Math.max(1, bars.length);
    this.#places = bars.map((_, i) => MARGIN.left + (i + 0.5) * slot);
    const drawing = svg('svg', { width: this.#width, height: HEIGHT, 'aria-hidden': 'true', focusable: 'false' },
      hatches(), ...lines.flatMap((line) => this.#line(line, y(line), format)),
      ...bars.map((bar, i) => drawnBar(bar, this.#places[i], Math.min(36, slot * 0.72), y)),
      ...this.#names(bars, slot));
    this.querySelector('svg')?.remove();
    this.prepend(drawing);
    this.#choose(Math.min(this.#chosen, bars.length - 1));
  }

  #line(value, y, format) {
    const label = svg('text', { x: MARGIN.left - 8, y: y + 4, 'text-anchor': 'end' }, format(value));
    return [svg('line', { x1: MARGIN.left, x2: this.#width - MARGIN.right, y1: y, y2: y, class: value === 0 ? 'zero' : 'grid' }), label];
  }

  /** As many labels as fit, always including the newest. */
  #names(bars, slot) {
    const every = Math.max(1, Math.ceil(LEAST_LABEL_WIDTH / slot));
    return bars.flatMap((bar, i) => ((bars.length - 1 - i) % every === 0
      ? [this.#name(bar, i === bars.length - 1 && slot < LEAST_LABEL_WIDTH, i)]
      : []));
  }

  #name({ axis }, atTheEdge, i) {
    const x = atTheEdge ? this.#width - MARGIN.right : this.#places[i];
    return svg('text', { x, y: HEIGHT - 6, 'text-anchor': atTheEdge ? 'end' : 'middle' }, axis);
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
    this.spoken.textContent = this.#chosen < 0 ? '' : this.#chart.bars[this.#chosen].lines.join(', ');
  }

  #choose(index) {
    this.#chosen = index < 0 ? -1 : index;
    this.querySelectorAll('.bar').forEach((one, i) => one.classList.toggle('is-chosen', i === this.#chosen));
    this.tip.hidden = this.#chosen < 0;
    if (this.#chosen >= 0) {
      this.tip.replaceChildren(...this.#chart.bars[this.#chosen].lines.map((text, i) =>
        Object.assign(document.createElement(i === 1 ? 'strong' : 'span'), { textContent: text })));
      const half = this.tip.offsetWidth / 2;
      const x = Math.min(Math.max(this.#places[this.#chosen], half), this.#width - half);
      this.tip.style.setProperty('left', `${x}px`);
    }
  }
}

function drawnBar({ parts, state, mark, partial, level }, middle, width, y) {
  const x = middle - width / 2;
  const ends = { up: 0, down: 0 };
  const boxes = parts.filter(({ value }) => value !== 0).map(({ kind, value }) => {
    const side = value < 0 ? 'down' : 'up';
    const from = y(ends[side]);
    ends[side] += value;
    // A minimum height keeps small parts visible.
    const height = Math.max(2, Math.abs(y(ends[side]) - from));
    return svg('rect', {
      x, y: value < 0 ? from : from - height, width, height, rx: Math.min(3, width / 4, height / 2), class: `part is-${kind}`,
    });
  });
  const sign = mark ? [svg('rect', { x, y: y(0) + 2, width, height: 3, rx: 1.5, class: `mark is-${mark}` })] : [];
  return svg('g', { class: `bar is-${state}${partial ? ' is-partial' : ''}` }, ...boxes, ...sign,
    ...(level ? [svg('rect', { x: x - width * 0.1, y: y(level) - 1, width: width * 1.2, height: 2, class: 'level' })] : []));
}

/** The patterns use the colours of the style sheet, so that they follow the theme. */
function hatches() {
  return svg('defs', {}, ...HATCHED.map((kind) => svg('pattern',
    { id: `hatch-${kind}`, class: `hatch is-${kind}`, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    svg('rect', { width: 6, height: 6, class: 'hatch-ground' }), svg('rect', { width: 2.5, height: 6, class: 'hatch-line' }))));
}

customElements.define('bar-chart', BarChart);
