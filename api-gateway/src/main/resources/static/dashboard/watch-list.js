// The addresses that this browser watches, in the order in which they were added.

import { isIdentifier, normal } from './address.js';

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

/** How many more addresses fit. */
export const room = () => MOST_WATCHED - watched.length;

/** @returns how many were added: those that are new, as far as they fit */
export function watch(identifiers) {
  const before = watched.length;
  store(listOf([...watched, ...identifiers.filter((one) => isIdentifier(normal(one)))]));
  return watched.length - before;
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

/** Another program may have written anything under this name. Any text stays until the reader removes it. */
function stored() {
  try {
    const value = JSON.parse(localStorage.getItem(NAME) ?? '[]');
    return Array.isArray(value) ? listOf(value.filter((one) => typeof one === 'string')) : [];
  } catch {
    return [];
  }
}

function listOf(identifiers) {
  return [...new Set(identifiers.map(normal).filter(Boolean))].slice(0, MOST_WATCHED);
}

window.addEventListener('storage', ({ key }) => {
  if (key === NAME || key === null) {
    watched = stored();
    changed();
  }
});
