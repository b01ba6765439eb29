package io.gonkapulse.contracts;

/**
 * The status that a tracker reports. {@code offline} and {@code stale} are missing: consumers derive them from time.
 */
public enum NodeStatus {
    HEALTHY,
    UNHEALTHY,
    JAILED,
    UNKNOWN
}
