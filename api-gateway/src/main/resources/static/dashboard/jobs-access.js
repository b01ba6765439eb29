// Whether this reader can see jobs. Many gateways have no audit trail, or show it only with a key, so the navigation
// has no link before one request has succeeded. A refused request is an error in the browser's console, so none is sent
// without a chance.

import { accessKey, ask } from './api.js';

const RETRY_MS = 60_000;
const PROBE = '/api/v1/jobs?limit=1';

let publicRights = [];
let visible = false;
let probedKey;
let changed = () => {};

/** @param rights those that the gateway gives to every client */
export function startJobsAccess(rights, whenChanged) {
  publicRights = rights;
  changed = whenChanged;
  checkJobsAccess();
}

export const jobsAreVisible = () => visible;

/** Sends a request if the key is a new one. */
export function checkJobsAccess() {
  const key = accessKey.get() ?? '';
  if (key === probedKey || !(key || publicRights.includes('jobs'))) {
    return;
  }
  probedKey = key;
  ask(PROBE).then(() => {
    visible = true;
    changed();
  }, (error) => {
    visible = false;
    if (error.passing) {
      setTimeout(() => {
        probedKey = undefined;
      }, RETRY_MS);
    }
    changed();
  });
}
