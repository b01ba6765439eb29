package io.gonkapulse.networksimulator;

/** What a face can be asked for. */
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
    /** Anything else; answered with 404. */
    UNKNOWN
}
