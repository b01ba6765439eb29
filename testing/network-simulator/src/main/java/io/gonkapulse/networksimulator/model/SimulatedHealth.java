package io.gonkapulse.networksimulator.model;

/** What a tracker may know of a node's health in one UTC minute. */
public enum SimulatedHealth {
    HEALTHY,
    UNHEALTHY,
    JAILED,
    UNKNOWN
}
