package io.gonkapulse.benchmarks.api;

/**
 * How long answers took under a load that does not wait for them.
 *
 * @param offered requests a second
 */
record LatencyRow(String name, double offered, Load.Result result) {}
