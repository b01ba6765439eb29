package io.gonkapulse.benchmarks.api;

/**
 * How long answers took under a load that does not wait for them.
 *
 * @param offeredPerSecond requests a second
 */
record LoadLatencyRow(String name, double offeredPerSecond, LoadOptions.LoadResult result) {}
