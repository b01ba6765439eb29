package io.gonkapulse.networksimulator;

/** The routes of an endpoint, as requests are counted. */
public enum EndpointRoute {
    HELLO,
    CURRENT_EPOCH,
    PAST_EPOCH,
    PARTICIPANT,
    ACTIVE_SET,
    LATEST_EPOCH,
    CHAIN_PARTICIPANTS,
    PERFORMANCE_SUMMARY,
    HARDWARE_NODES,
    STATUS,
    BLOCK,
    /** Any other path. The response is 404. */
    UNKNOWN
}
