package io.gonkapulse.networksimulator.api;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.networksimulator.model.MlNode;
import io.gonkapulse.networksimulator.model.SimulatedCounters;
import io.gonkapulse.networksimulator.model.SimulatedParticipant;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Writes the fields that several responses share, and formats times as the APIs do, in Go and in Python. */
final class SharedFieldWriter {

    static final String UNIX_EPOCH = "1970-01-01T00:00:00Z";

    private static final DateTimeFormatter NANOS = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendLiteral('Z')
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

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

    /** RFC 3339 with up to nine fraction digits and no trailing zeros. */
    static String formatGo(Instant instant) {
        return NANOS.format(instant);
    }

    /** Local date and time in UTC without a zone, as Python's {@code isoformat} of a naive value. */
    static String formatPython(Instant instant) {
        return MICROS.format(instant);
    }
}
