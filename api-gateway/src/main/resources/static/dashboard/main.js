// Connects route, feeds and view, and renders after every change and every second.

import { Feeds } from './feeds.js';
import { show } from './dom.js';
import { currentRoute } from './router.js';
import { banner, navigation, pulse } from './frame.js';
import { epoch } from './views/epoch.js';
import { epochs } from './views/epochs.js';
import { node } from './views/node.js';
import { nowhere } from './views/nowhere.js';
import { overview } from './views/overview.js';
import { trackers } from './views/trackers.js';

const SECOND_MS = 1_000;
const places = Object.fromEntries(['main', 'nav', 'pulse', 'banner'].map((id) => [id, document.getElementById(id)]));
const feeds = new Feeds(drawSoon);
const scrolled = new Map();
let shown = { view: undefined, path: undefined, hash: undefined };
let byLink = false;
let drawing = false;

function viewOf({ path }) {
  if (path.length === 0) {
    return overview;
  }
  if (path[0] === 'nodes' && path.length === 2) {
    return node;
  }
  if (path[0] === 'epochs' && path.length <= 2) {
    return path.length === 1 ? epochs : epoch;
  }
  return path[0] === 'trackers' && path.length === 1 ? trackers : nowhere;
}

function follow() {
  const route = currentRoute();
  const view = viewOf(route);
  const path = route.path.join('/');
  const moved = shown.path !== undefined && shown.path !== path;
  if (moved) {
    scrolled.set(shown.hash, scrollY);
    show(places.main);
  }
  shown = { view, path, hash: location.hash };
  document.title = `${view.title(route)} · Gonka Pulse`;
  feeds.want(view.questions(route, feeds));
  draw();
  if (moved) {
    places.main.querySelector('h1')?.focus({ preventScroll: true });
    scrollTo(0, byLink ? 0 : (scrolled.get(location.hash) ?? 0));
  }
  byLink = false;
}

function draw() {
  drawing = false;
  const route = currentRoute();
  const retry = () => feeds.askAll();
  // A new UTC day changes the requested range.
  feeds.want(shown.view.questions(route, feeds));
  show(places.nav, navigation(shown.path));
  show(places.pulse, pulse(feeds.all()));
  show(places.banner, banner(feeds.all(), retry));
  show(places.main, shown.view.content(route, feeds, retry));
}

function drawSoon() {
  if (!drawing) {
    drawing = true;
    queueMicrotask(draw);
  }
}

function shortcut(event) {
  const search = document.querySelector('.search input');
  if (event.key === '/' && search && !event.target.closest('input, select, textarea')) {
    event.preventDefault();
    search.focus();
  }
}

document.getElementById('zone').textContent = Intl.DateTimeFormat().resolvedOptions().timeZone;
document.addEventListener('click', (event) => {
  byLink = event.target.closest?.('a') !== null;
});
document.addEventListener('keydown', shortcut);
document.querySelector('.skip').addEventListener('click', (event) => {
  // The fragment of the address is the route.
  event.preventDefault();
  places.main.focus();
});
window.addEventListener('hashchange', follow);
setInterval(() => document.hidden || draw(), SECOND_MS);
show(places.main);
places.main.querySelector('noscript')?.remove();
follow();
