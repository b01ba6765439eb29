package io.gonkapulse.benchmarks.api;

/**
 * Latencies under a load that does not wait for responses.
 *
 * @param offeredPerSecond scheduled requests a second
 */
record LoadLatencyRow(String name, double offeredPerSecond, LoadOptions.LoadResult result) {}
