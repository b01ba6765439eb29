package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.benchmarks.harness.MemoryFootprint;
import io.gonkapulse.benchmarks.harness.ResultRow;
import java.util.Arrays;
import java.util.List;

/** Parses the lines that a measured process reported. */
record PollerMeasurements(String name, List<String> lines) {

    /** Kinds of reported lines; names travel between JVMs. */
    enum MeasurementType {
        POLL,
        FETCH,
        READ,
        PUBLISH,
        FOOTPRINT
    }

    /** The poll appears once for each limit, with its ratio. */
    List<ResultRow> resultRows() {
        ResultRow fetch = row("fetch (limit)", MeasurementType.FETCH);
        ResultRow read = row("read once (limit)", MeasurementType.READ);
        ResultRow publish = row("publish (limit)", MeasurementType.PUBLISH);
        ResultRow poll = row("poll", MeasurementType.POLL);
        return List.of(
                fetch, read, publish, poll.comparedWith(fetch), poll.comparedWith(read), poll.comparedWith(publish));
    }

    /** Parses live heap, peak heap, resident set and temporary files. */
    MemoryFootprint footprint() {
        long[] bytes = Arrays.stream(values(MeasurementType.FOOTPRINT).get(0).split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
        return new MemoryFootprint(name, bytes[0], bytes[1], bytes[2], bytes[3]);
    }

    private ResultRow row(String label, MeasurementType type) {
        return ResultRow.of(
                name + ": " + label, values(type).stream().map(Double::valueOf).toList());
    }

    private List<String> values(MeasurementType type) {
        String prefix = type + " ";
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }
}
