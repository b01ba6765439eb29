package io.gonkapulse.trackerpoller.source;

/**
 * What a node runs on.
 *
 * @param gpuType the short name of the type that it has most of
 * @param gpuCount how many of all types
 */
public record Hardware(String gpuType, long gpuCount) {}
