package io.gonkapulse.networksimulator.api;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.networksimulator.model.MlNode;
import io.gonkapulse.networksimulator.model.SimulatedCounters;
import io.gonkapulse.networksimulator.model.SimulatedParticipant;

/** Writes the fields that several responses share. */
final class SharedFieldWriter {

    private SharedFieldWriter() {}

    /** Writes the seed to which a participant committed for an epoch. */
    static void writeSeed(SimulatedParticipant participant, long epoch, String signature, JsonDocumentWriter out) {
        out.startObject("seed");
        out.field("participant", participant.identifier().value());
        out.field("epoch_index", epoch);
        out.field("signature", signature);
        out.endObject();
    }

    /** Writes one machine and its reported hardware. */
    static void writeMachine(MlNode node, JsonDocumentWriter out) {
        out.field("local_id", node.id());
        out.field("status", "INFERENCE");
        out.startArray("models");
        node.models().forEach(out::element);
        out.endArray();
        out.startArray("hardware");
        MlNode.GpuHardware hardware = node.hardware();
        if (hardware != null) {
            out.startObject();
            out.field("type", hardware.type());
            out.field("count", hardware.count());
            out.endObject();
        }
        out.endArray();
        out.field("host", node.host());
        out.field("port", node.port());
    }

    /** Writes counters as strings, as both tracker APIs do. */
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
