package io.gonkapulse.networksimulator.api;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.networksimulator.model.SimulatedCounters;

/** Writes counters as strings, as both tracker APIs do. */
final class CounterFieldWriter {

    private CounterFieldWriter() {}

    static void writeLiveCounters(SimulatedCounters counters, JsonDocumentWriter out) {
        out.startObject("current_epoch_stats");
        out.field("inference_count", Long.toString(counters.inferences()));
        out.field("missed_requests", Long.toString(counters.missed()));
        writeCoins(counters, Ngonka.ZERO, out);
        out.field("validated_inferences", Long.toString(counters.validated()));
        out.field("invalidated_inferences", Long.toString(counters.invalidated()));
        out.endObject();
    }

    static void writeCoins(SimulatedCounters counters, Ngonka rewarded, JsonDocumentWriter out) {
        out.field("earned_coins", Long.toString(counters.earned()));
        out.field("rewarded_coins", rewarded.toString());
        out.field("burned_coins", "0");
    }
}
