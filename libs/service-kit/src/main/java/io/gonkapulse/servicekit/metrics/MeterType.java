package io.gonkapulse.servicekit.metrics;

/** What a meter can do. */
public enum MeterType {
    /** Only grows, but for a restart. */
    COUNTER,
    /** A number as it is now. */
    GAUGE,
    /** How often, and how long. */
    TIMER,
    /** As a timer, and how many took no longer than some limits. */
    HISTOGRAM
}
