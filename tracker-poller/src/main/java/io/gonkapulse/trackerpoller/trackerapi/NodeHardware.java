package io.gonkapulse.trackerpoller.trackerapi;

/**
 * The hardware of a node.
 *
 * @param gpuType the short name of its most frequent card
 * @param gpuCount the number of all its cards
 */
public record NodeHardware(String gpuType, long gpuCount) {}
