// The age of the data, which is not the age of the newest HTTP response.

/** As long as the view current_node_stats waits before it takes a tracker's silence as the end of a node. */
const MISSED_POLLS = 3;
const TOLERANCE_SECONDS = 15;

/**
 * @param trackers items of /trackers
 * @param stats the stats of the node of this page, if it is the page of one node
 * @returns {{level: 'live'|'old'|'down'|'unknown', seconds, tracker, silent: object[], nodeIsOld: boolean}}
 *     the oldest tracker, and those that are silent
 */
export function dataAge(trackers, stats, now) {
  const polled = trackers.filter(({ lastPollAt }) => lastPollAt).map((tracker) => ({
    ...tracker, seconds: tracker.lastSuccessAt ? Math.max(0, (now - Date.parse(tracker.lastSuccessAt)) / 1000) : Infinity,
  }));
  const oldest = polled.reduce((one, other) => (one && one.seconds >= other.seconds ? one : other), undefined);
  const silent = polled.filter(({ seconds, intervalSeconds }) => seconds > MISSED_POLLS * intervalSeconds + TOLERANCE_SECONDS);
  return { level: level(polled, silent, stats), seconds: oldest?.seconds, tracker: oldest?.name, silent, nodeIsOld: stats?.stale === true };
}

function level(polled, silent, stats) {
  if (polled.length === 0) {
    return 'unknown';
  }
  if (silent.length > 0) {
    return 'down';
  }
  return stats?.stale || polled.some(({ outcome }) => outcome === 'failed') ? 'old' : 'live';
}
