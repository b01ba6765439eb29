package io.gonkapulse.trackerpoller.trackerapi;

/**
 * What a node runs on.
 *
 * @param gpuType the short name of the type that it has most of
 * @param gpuCount how many of all types
 */
public record NodeHardware(String gpuType, long gpuCount) {}
