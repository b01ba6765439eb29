// Connects route, feeds and view, and renders after every change and every second.

import { Feeds } from './feeds.js';
import { show } from './dom.js';
import { currentRoute } from './router.js';
import { ask } from './api.js';
import { banner, footer, frameQuestions, navigation, pulse, simulatedBadge } from './frame.js';
import { checkJobsAccess, jobsAreVisible, startJobsAccess } from './jobs-access.js';
import { mountSearch } from './search.js';
import { language, t } from './texts.js';
import { onWatchListChange } from './watch-list.js';
import { epoch } from './views/epoch.js';
import { epochs } from './views/epochs.js';
import { job } from './views/job.js';
import { jobs } from './views/jobs.js';
import { node } from './views/node.js';
import { nowhere } from './views/nowhere.js';
import { overview } from './views/overview.js';
import { trackers } from './views/trackers.js';
import { watchPage } from './views/watch.js';

const SECOND_MS = 1_000;
/** The views by path; * is any one part. */
const VIEWS = new Map([
  ['', overview], ['nodes/*', node], ['watch', watchPage], ['epochs', epochs], ['epochs/*', epoch], ['trackers', trackers],
  ['jobs', jobs], ['jobs/*', job],
]);
const places = Object.fromEntries(['main', 'nav', 'simulated', 'search', 'pulse', 'banner', 'footer'].map((id) => [id, document.getElementById(id)]));
const feeds = new Feeds(drawSoon);
const scrolled = new Map();
let shown = { view: undefined, path: undefined, hash: undefined };
let byLink = false;
let drawing = false;

function viewOf({ path }) {
  return VIEWS.get(path.join('/')) ?? VIEWS.get([path[0], ...path.slice(1).map(() => '*')].join('/')) ?? nowhere;
}

/** The page's own feeds come last, so that a page can ask for the same address at another pace. */
const questionsOf = (view, route) => ({ ...frameQuestions, ...view.questions(route, feeds) });

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
  feeds.want(questionsOf(view, route));
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
  const focused = document.activeElement;
  // A new UTC day changes the requested range.
  feeds.want(questionsOf(shown.view, route));
  // A reader on a page of jobs may have entered a key for it.
  checkJobsAccess();
  show(places.nav, navigation(shown.path, jobsAreVisible() || shown.path.split('/')[0] === 'jobs'));
  show(places.simulated, simulatedBadge(feeds));
  show(places.pulse, pulse(feeds));
  show(places.banner, banner(feeds, retry));
  show(places.main, shown.view.content(route, feeds, retry));
  keepFocus(focused);
}

/** An element loses the focus when it moves or disappears, such as a button that removes its own row. */
function keepFocus(focused) {
  if (focused !== document.body && document.activeElement === document.body) {
    const next = focused?.isConnected ? focused : places.main.querySelector('h1');
    next?.focus({ preventScroll: true });
  }
}

function drawSoon() {
  if (!drawing) {
    drawing = true;
    queueMicrotask(draw);
  }
}

/** Once: a new release of the gateway also brings a new dashboard. */
async function showFooter() {
  show(places.footer, footer());
  try {
    const { body } = await ask('/actuator/info');
    show(places.footer, footer(body));
    startJobsAccess(String(body.publicRights ?? '').split(/[\s,]+/), drawSoon);
  } catch {
    // The version is a help for reports only. An operator may hide /actuator; then only a request shows who sees jobs.
    startJobsAccess(['jobs'], drawSoon);
  }
}

/** theme.js runs before the texts are loaded, so it names the button in English. */
function nameTheme() {
  const theme = t(`theme.${document.documentElement.dataset.theme}`);
  const button = document.getElementById('theme');
  button.textContent = theme;
  button.setAttribute('aria-label', t('theme.next', { theme }));
}

document.documentElement.lang = language;
new MutationObserver(nameTheme).observe(document.documentElement, { attributeFilter: ['data-theme'] });
nameTheme();
document.querySelector('.skip').textContent = t('frame.skip');
places.nav.setAttribute('aria-label', t('frame.pages'));
mountSearch(places.search);
onWatchListChange(drawSoon);
showFooter();
document.addEventListener('click', (event) => {
  byLink = event.target.closest?.('a') !== null;
});
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
