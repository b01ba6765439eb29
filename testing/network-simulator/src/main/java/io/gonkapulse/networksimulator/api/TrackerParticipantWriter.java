package io.gonkapulse.networksimulator.api;

import io.gonkapulse.networksimulator.model.MlNode;
import io.gonkapulse.networksimulator.model.NetworkModel;
import io.gonkapulse.networksimulator.model.SimulatedCounters;
import io.gonkapulse.networksimulator.model.SimulatedHealth;
import io.gonkapulse.networksimulator.model.SimulatedParticipant;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes one participant in the form of a tracker. */
final class TrackerParticipantWriter {

    private final NetworkModel model;

    TrackerParticipantWriter(NetworkModel model) {
        this.model = model;
    }

    void write(int number, ChainView view, JsonDocumentWriter out) {
        SimulatedParticipant participant = model.participant(number);
        String status = model.status(number, view.epoch());
        SimulatedCounters counters = model.liveCounters(number, view.epoch(), view.height());
        out.field("index", participant.identifier().value());
        out.field("address", participant.identifier().value());
        out.field("weight", model.weight(number, view.epoch()));
        out.field("validator_key", participant.validatorKey());
        out.field("inference_url", participant.inferenceUrl());
        out.field("status", status);
        out.startArray("models");
        participant.models().forEach(out::element);
        out.endArray();
        SharedFieldWriter.writeLiveCounters(counters, out);
        writeHealth(participant, view, out);
        writeProfile(participant, out);
        out.field("validator_consensus_key", participant.bonded() ? participant.validatorKey() : null);
        out.field("consensus_key_mismatch", participant.bonded() ? Boolean.FALSE : null);
        out.field("seed_signature", model.seedSignature(number, view.epoch()));
        writeWeights(participant, view.epoch(), out);
        out.field("participant_status", status);
        out.field("missed_rate", rate(counters.missed(), counters.missed() + counters.inferences()));
        out.field("invalidation_rate", rate(counters.invalidated(), counters.inferences()));
    }

    private void writeHealth(SimulatedParticipant participant, ChainView view, JsonDocumentWriter out) {
        boolean jailed = model.health(participant.number(), view.blockTime()) == SimulatedHealth.JAILED;
        out.field("is_jailed", participant.bonded() ? (Object) jailed : null);
        out.field("jailed_until", jailed ? jailedUntil(participant, view.blockTime()) : neverJailed(participant));
        out.field("ready_to_unjail", participant.bonded() ? Boolean.FALSE : null);
        out.field(
                "node_healthy", participant.healthChecked() ? (Object) isHealthy(participant, view.blockTime()) : null);
        out.field(
                "node_health_checked_at",
                participant.healthChecked() ? SharedFieldWriter.formatPython(healthCheckedAt(view.blockTime())) : null);
    }

    private String jailedUntil(SimulatedParticipant participant, Instant instant) {
        return SharedFieldWriter.formatGo(model.outageEnd(participant.number(), instant));
    }

    private static @Nullable String neverJailed(SimulatedParticipant participant) {
        return participant.bonded() && participant.jailedUntil1970() ? SharedFieldWriter.UNIX_EPOCH : null;
    }

    /** A jailed node can still pass its health check; here every second one does. */
    private boolean isHealthy(SimulatedParticipant participant, Instant instant) {
        return switch (model.health(participant.number(), instant)) {
            case UNHEALTHY -> false;
            case JAILED -> participant.number() % 2 == 0;
            case HEALTHY, UNKNOWN -> true;
        };
    }

    /** Within the minute of the block, because health is constant within a UTC minute. */
    private static Instant healthCheckedAt(Instant blockTime) {
        Instant minute = blockTime.truncatedTo(ChronoUnit.MINUTES);
        return minute.plus(Duration.between(minute, blockTime).dividedBy(2));
    }

    /** Only participants with a name of their own have an identity, a picture and a website. */
    private static void writeProfile(SimulatedParticipant participant, JsonDocumentWriter out) {
        String moniker = participant.moniker();
        boolean presentable = moniker != null && !moniker.startsWith("gonkavaloper");
        String key = participant.validatorKey().replaceAll("[^A-Za-z0-9]", "0").substring(0, 16);
        out.field("moniker", moniker);
        out.field("identity", presentable ? key.toUpperCase(Locale.ROOT) : null);
        out.field("keybase_username", presentable ? "pulse" + participant.number() : null);
        out.field(
                "keybase_picture_url",
                presentable ? "https://keybase.io/pulse" + participant.number() + "/picture?size=96" : null);
        out.field("website", presentable ? "https://node-" + participant.number() + ".example" : null);
    }

    /** The confirmation fields are zero or null unless the weight was confirmed. */
    private void writeWeights(SimulatedParticipant participant, long epoch, JsonDocumentWriter out) {
        long weight = model.weight(participant.number(), epoch);
        boolean confirmed = model.isConfirmed(participant.number(), epoch);
        out.startObject("ml_nodes_map");
        for (MlNode node : model.machines(participant, epoch)) {
            out.field(node.id(), node.weight());
        }
        out.endObject();
        out.field("weight_to_confirm", confirmed ? weight : 0L);
        out.field("confirmation_weight", confirmed ? weight : 0L);
        out.field("confirmation_poc_ratio", confirmed ? 1L : null);
    }

    /** Rounds to four digits. Whole numbers have no decimal point. */
    private static Number rate(long part, long whole) {
        long tenThousandths = whole == 0 ? 0 : Math.round(part * 10_000.0 / whole);
        return tenThousandths % 10_000 == 0 ? (Number) (tenThousandths / 10_000) : tenThousandths / 10_000.0;
    }
}
