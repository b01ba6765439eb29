package io.gonkapulse.testkit.network.model;

/** What a tracker may know of a node's health in one UTC minute. */
public enum Health {
    HEALTHY,
    UNHEALTHY,
    JAILED,
    UNKNOWN
}
