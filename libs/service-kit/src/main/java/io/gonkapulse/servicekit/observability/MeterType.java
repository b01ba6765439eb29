package io.gonkapulse.servicekit.observability;

/** Type of a meter. */
public enum MeterType {
    /** Only grows; starts at 0 after a restart. */
    COUNTER,
    /** Current value. */
    GAUGE,
    /** Number of events and their total time. */
    TIMER,
    /** A timer with buckets. */
    HISTOGRAM
}
