package io.gonkapulse.benchmarks.results;

/**
 * One row of the table.
 *
 * @param perSecond median of the iterations
 * @param spread half the distance between the slowest and the fastest iteration, relative to the median
 * @param reference name of the row that {@code ratio} compares with; empty for a limit or a peer
 */
public record ResultRow(String name, double perSecond, double spread, String reference, double ratio) {

    public static ResultRow of(String name, ThroughputSamples samples) {
        return new ResultRow(name, samples.median(), samples.spread(), "", 1);
    }

    public ResultRow comparedWith(ResultRow other) {
        return new ResultRow(name, perSecond, spread, other.name, perSecond / other.perSecond);
    }
}
