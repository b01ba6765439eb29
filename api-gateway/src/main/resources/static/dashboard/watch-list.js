// The addresses that this browser watches, in the order in which they were added.

import { normal } from './address.js';

const NAME = 'gonka-pulse.watch';
export const MOST_WATCHED = 500;

let watched = stored();
let changed = () => {};

/** Calls back after each change, also of another tab. */
export function onWatchListChange(callback) {
  changed = callback;
}

export const watchedAddresses = () => watched;

export const isWatched = (identifier) => watched.includes(normal(identifier));

export function watch(identifiers) {
  store([...new Set([...watched, ...identifiers.map(normal).filter(Boolean)])].slice(0, MOST_WATCHED));
}

export function unwatch(identifier) {
  store(watched.filter((one) => one !== normal(identifier)));
}

function store(addresses) {
  watched = addresses;
  try {
    localStorage.setItem(NAME, JSON.stringify(addresses));
  } catch {
    // Without storage the list lasts until the page is closed.
  }
  changed();
}

/** Another program may have written anything under this name. */
function stored() {
  try {
    const value = JSON.parse(localStorage.getItem(NAME) ?? '[]');
    return Array.isArray(value) ? [...new Set(value.filter((one) => typeof one === 'string').map(normal))].slice(0, MOST_WATCHED) : [];
  } catch {
    return [];
  }
}

window.addEventListener('storage', ({ key }) => {
  if (key === NAME || key === null) {
    watched = stored();
    changed();
  }
});
