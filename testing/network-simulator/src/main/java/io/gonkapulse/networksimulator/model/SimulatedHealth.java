package io.gonkapulse.networksimulator.model;

/** A node's health within one UTC minute, as far as a tracker can know it. */
public enum SimulatedHealth {
    HEALTHY,
    UNHEALTHY,
    JAILED,
    UNKNOWN
}
