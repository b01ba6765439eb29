package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.benchmarks.results.Footprint;
import io.gonkapulse.benchmarks.results.ResultRow;
import io.gonkapulse.benchmarks.results.Rounds;
import java.util.Arrays;
import java.util.List;

/** What a measured process said of itself, line by line. */
record Findings(String name, List<String> lines) {

    List<ResultRow> rates() {
        ResultRow fetch = row("fetch (limit)", Measure.FETCH);
        ResultRow read = row("read once (limit)", Measure.READ);
        ResultRow publish = row("publish (limit)", Measure.PUBLISH);
        ResultRow poll = row("poll", Measure.POLL);
        return List.of(
                fetch, read, publish, poll.comparedWith(fetch), poll.comparedWith(read), poll.comparedWith(publish));
    }

    Footprint footprint() {
        long[] bytes = Arrays.stream(said(Measure.FOOTPRINT).get(0).split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
        return new Footprint(name, bytes[0], bytes[1], bytes[2], bytes[3]);
    }

    private ResultRow row(String what, Measure measure) {
        return ResultRow.of(
                name + ": " + what,
                new Rounds(said(measure).stream().map(Double::valueOf).toList()));
    }

    private List<String> said(Measure measure) {
        String start = measure + " ";
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .toList();
    }
}
