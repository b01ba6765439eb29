// <stage-waterfall> draws one bar for each stage below the others, as SVG for its width. Only the visible rows are drawn,
// so a job of a thousand stages scrolls as well as one of ten. The arrow keys select a row, and screen readers announce
// it; the view shows the same values in a table below.

import { svg } from '../dom.js';
import { t } from '../texts.js';
import { duration } from '../times.js';
import { barPlace, timeScale, timeTicks } from './time-scale.js';

const MOST_ROWS = 16;
const SPARE_ROWS = 6;
/** Of the rows, above and below. */
const BORDERS = 2;
/** Of the axis without gaps, and of a line of their labels above it. */
const AXIS_HEIGHT = 24;
const LABEL_HEIGHT = 16;
const LEAST_BAND = 3;
const GAP_WIDTH = 116;
const TICK_APART = 84;
const WIDE = 620;
const HATCHED = ['fail', 'running'];
/** Widths in pixels. In a narrow place the name is above its bar. */
const WIDE_LAYOUT = { row: 26, bar: 14, barTop: 6, name: 210, length: 88, nameBase: 17 };
const NARROW_LAYOUT = { row: 42, bar: 12, barTop: 23, name: 0, length: 0, nameBase: 15 };
const RULER = document.createElement('canvas').getContext('2d');

class StageWaterfall extends HTMLElement {
  #picture;
  #chosen = -1;
  #width = 0;
  #scale;
  #ticks = [];
  #axisHeight = AXIS_HEIGHT;

  connectedCallback() {
    const part = (tag, properties) => Object.assign(document.createElement(tag), properties);
    this.axis = part('div', { className: 'axis' });
    this.axis.setAttribute('aria-hidden', 'true');
    this.scroller = part('div', { className: 'rows', tabIndex: 0 });
    this.scroller.setAttribute('role', 'group');
    this.scroller.setAttribute('aria-roledescription', t('stages.role'));
    this.space = part('div', { className: 'rows-space' });
    this.space.setAttribute('aria-hidden', 'true');
    this.spoken = part('output', { className: 'spoken' });
    this.tip = part('div', { className: 'tip', hidden: true });
    this.tip.setAttribute('aria-hidden', 'true');
    this.scroller.append(this.space);
    this.append(this.axis, this.scroller, this.spoken, this.tip);
    this.observer = new ResizeObserver(() => this.#fit(this.scroller.clientWidth));
    this.observer.observe(this.scroller);
    this.scroller.addEventListener('scroll', () => this.#drawRows());
    this.scroller.addEventListener('pointermove', (event) => this.#choose(this.#at(event)));
    this.scroller.addEventListener('pointerleave', () => this.#choose(-1));
    this.scroller.addEventListener('blur', () => this.#choose(-1));
    this.scroller.addEventListener('keydown', (event) => this.#key(event));
  }

  disconnectedCallback() {
    this.observer.disconnect();
  }

  /**
   * Setting the same object again has no effect. `bars` have `name`, `from` and `to` (milliseconds), `kind` (queue, succeed,
   * fail, running), `implied`, `length` (text) and `lines` (text of the tooltip); `end` is the end of the job or the present
   * time, `label` the name of the picture.
   */
  set picture(picture) {
    if (picture !== this.#picture) {
      this.#picture = picture;
      this.#draw();
    }
  }

  #fit(width) {
    if (Math.abs(width - this.#width) >= 1) {
      this.#width = width;
      this.#draw();
    }
  }

  get #layout() {
    return this.#width >= WIDE ? WIDE_LAYOUT : NARROW_LAYOUT;
  }

  get #area() {
    const { name, length } = this.#layout;
    return { left: name, width: Math.max(1, this.#width - name - length) };
  }

  #draw() {
    if (!this.#picture || this.#width < 1) {
      return;
    }
    const { bars, end, label } = this.#picture;
    this.scroller.setAttribute('aria-label', label);
    const { width } = this.#area;
    this.#scale = timeScale(bars, { end, width, gapWidth: Math.min(GAP_WIDTH, width * 0.3) });
    this.#ticks = timeTicks(this.#scale, TICK_APART);
    const { row } = this.#layout;
    this.space.style.setProperty('height', `${bars.length * row}px`);
    this.scroller.style.setProperty('height', `${Math.min(bars.length, MOST_ROWS) * row + BORDERS}px`);
    this.#drawAxis();
    this.#drawRows();
    this.#choose(Math.min(this.#chosen, bars.length - 1));
  }

  #drawAxis() {
    const { left, width } = this.#area;
    const font = fontOf(this);
    const gaps = this.#scale.gaps.filter((gap) => gap.width >= LEAST_BAND).map((gap) => ({ ...gap, ...gapLabel(gap, font) }));
    const height = AXIS_HEIGHT + LABEL_HEIGHT * Math.max(0, ...gaps.map(({ lines }) => lines.length));
    const bands = gaps.map(({ x, width: room, text, lines }) => svg('g', { class: 'gap' }, svg('title', {}, text), gapBand(left + x, room, height),
      ...lines.map((line, i) => svg('text', {
        x: left + x + room / 2, y: 13 + i * LABEL_HEIGHT, 'text-anchor': 'middle', class: 'gap-label',
      }, line))));
    const ticks = this.#ticks.map(({ offset, since, x }) => {
      const text = offset === 0 ? '0' : since === 0 || since === offset ? duration(offset) : `+${duration(since)}`;
      const half = textWidth(text, font) / 2;
      return svg('text', { x: left + Math.min(Math.max(x, half), width - half), y: height - 7, 'text-anchor': 'middle' }, text);
    });
    this.#axisHeight = height;
    this.axis.replaceChildren(svg('svg', { width: this.#width, height, focusable: 'false' }, ...bands, ...ticks));
  }

  #drawRows() {
    if (!this.#scale) {
      return;
    }
    const { row } = this.#layout;
    const { bars } = this.#picture;
    const first = Math.max(0, Math.floor(this.scroller.scrollTop / row) - SPARE_ROWS);
    const shown = bars.slice(first, first + MOST_ROWS + 2 * SPARE_ROWS);
    const height = shown.length * row;
    const { left } = this.#area;
    const drawing = svg('svg', { width: this.#width, height, focusable: 'false' }, hatches(),
      ...this.#scale.gaps.filter(({ width }) => width >= LEAST_BAND).map(({ x, width }) => gapBand(left + x, width, height)),
      ...this.#ticks.map(({ x }) => svg('line', { class: 'grid', x1: left + x, x2: left + x, y1: 0, y2: height })),
      ...shown.map((bar, i) => this.#row(bar, first + i, i * row)));
    drawing.style.setProperty('top', `${first * row}px`);
    this.space.replaceChildren(drawing);
  }

  #row(bar, index, top) {
    const layout = this.#layout;
    const { left, width } = this.#area;
    const font = fontOf(this);
    const { x, width: length } = barPlace(bar, this.#scale, width);
    const isBroken = bar.kind === 'queue' && this.#scale.queue !== undefined;
    const room = (layout.name || this.#width - textWidth(bar.length, font)) - 12;
    const kinds = ['bar', `is-${bar.kind}`, ...(bar.implied ? ['is-implied'] : [])];
    return svg('g', { class: `row${index === this.#chosen ? ' is-chosen' : ''}`, 'data-row': index },
      svg('rect', { class: 'ground', x: 0, y: top, width: this.#width, height: layout.row }),
      svg('text', { class: 'name', x: 2, y: top + layout.nameBase }, cut(bar.name, room, font)),
      svg('rect', { class: kinds.join(' '), x: left + x, y: top + layout.barTop, width: length, height: layout.bar, rx: Math.min(3, length / 4) }),
      ...(isBroken ? [broken(left + x + length / 2, top + layout.barTop, layout.bar)] : []),
      svg('text', { class: 'length', x: this.#width - 2, y: top + layout.nameBase, 'text-anchor': 'end' }, bar.length));
  }

  #at(event) {
    const y = event.clientY - this.scroller.getBoundingClientRect().top + this.scroller.scrollTop;
    return Math.min(this.#picture.bars.length - 1, Math.floor(y / this.#layout.row));
  }

  #key(event) {
    const last = this.#picture.bars.length - 1;
    const to = {
      ArrowUp: Math.max(0, this.#chosen - 1), ArrowDown: this.#chosen + 1, PageUp: Math.max(0, this.#chosen - MOST_ROWS),
      PageDown: this.#chosen + MOST_ROWS, Home: 0, End: last, Escape: -1,
    }[event.key];
    if (to === undefined) {
      return;
    }
    event.preventDefault();
    this.#choose(Math.min(to, last), true);
    this.spoken.textContent = this.#chosen < 0 ? '' : this.#picture.bars[this.#chosen].lines.join(', ');
  }

  #choose(index, byKey = false) {
    this.#chosen = index < 0 ? -1 : index;
    if (byKey && this.#chosen >= 0) {
      this.#reveal();
    }
    this.space.querySelectorAll('.row').forEach((row) => row.classList.toggle('is-chosen', Number(row.dataset.row) === this.#chosen));
    this.tip.hidden = this.#chosen < 0;
    if (this.#chosen >= 0) {
      this.#showTip();
    }
  }

  #reveal() {
    const { row } = this.#layout;
    const top = this.#chosen * row;
    const { scrollTop, clientHeight } = this.scroller;
    this.scroller.scrollTop = Math.max(top + row - clientHeight, Math.min(scrollTop, top));
    this.#drawRows();
  }

  /** Below its row, or above if there is more room. */
  #showTip() {
    const bar = this.#picture.bars[this.#chosen];
    this.tip.replaceChildren(...bar.lines.map((text, i) =>
      Object.assign(document.createElement(i === 0 ? 'strong' : 'span'), { textContent: text })));
    const { row } = this.#layout;
    const { left, width } = this.#area;
    const top = this.#axisHeight + this.#chosen * row - this.scroller.scrollTop;
    const isLow = top > this.offsetHeight / 2;
    const x = left + barPlace(bar, this.#scale, width).x;
    this.tip.style.setProperty('left', `${Math.max(0, Math.min(x, this.#width - this.tip.offsetWidth))}px`);
    this.tip.style.setProperty('top', `${isLow ? top - this.tip.offsetHeight - 4 : top + row + 4}px`);
  }
}

const fontOf = (element) => `12px ${getComputedStyle(element).fontFamily}`;

function textWidth(text, font) {
  RULER.font = font;
  return RULER.measureText(text).width;
}

/** In one line or in two, if they fit. */
function gapLabel({ from, to, width }, font) {
  const time = duration(to - from);
  const text = t('stages.idle', { time });
  const lines = [[text], [t('stages.idle', { time: '' }).trim(), time]];
  return { text, lines: lines.find((parts) => parts.every((part) => textWidth(part, font) <= width - 6)) ?? [] };
}

/** The text with as many characters as fit. */
function cut(text, room, font) {
  if (textWidth(text, font) <= room) {
    return text;
  }
  const characters = [...text];
  let low = 0;
  let high = characters.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (textWidth(`${characters.slice(0, middle).join('')}…`, font) <= room) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return `${characters.slice(0, low).join('')}…`;
}

const gapBand = (x, width, height) => svg('rect', { class: 'gap-band', x, y: 0, width, height });

/** Two slanted lines across a bar that is shorter than its time. */
function broken(x, y, height) {
  const line = (at) => `M${at - 3} ${y + height + 2}l6 ${-height - 4}`;
  return svg('path', { class: 'break', d: `${line(x - 2)}${line(x + 2)}` });
}

/** The patterns use the colours of the style sheet, so that they follow the theme. */
function hatches() {
  return svg('defs', {}, ...HATCHED.map((kind) => svg('pattern',
    { id: `stage-${kind}`, class: `hatch is-${kind}`, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    svg('rect', { width: 6, height: 6, class: 'hatch-ground' }), svg('rect', { width: 2.5, height: 6, class: 'hatch-line' }))));
}

customElements.define('stage-waterfall', StageWaterfall);
