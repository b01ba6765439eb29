package io.gonkapulse.contracts;

/** What a tracker said of a node. Offline and stale are not said by trackers: they are derived from silence and time. */
public enum NodeStatus {
    HEALTHY,
    UNHEALTHY,
    JAILED,
    UNKNOWN
}
