package io.gonkapulse.networksimulator.api;

import io.gonkapulse.networksimulator.model.ChainCalendar;
import io.gonkapulse.networksimulator.model.MlNode;
import io.gonkapulse.networksimulator.model.NetworkModel;
import io.gonkapulse.networksimulator.model.SimulatedCounters;
import io.gonkapulse.networksimulator.model.SimulatedParticipant;
import io.gonkapulse.networksimulator.model.SimulatedSettlement;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Writes the chain's state in the form of its query gateway, which encodes 64-bit numbers as strings. */
public final class ChainResponseWriter {

    private static final int GENESIS_MILLIS_APART = 3_600_000;

    private final NetworkModel model;
    private final ChainCalendar calendar;

    public ChainResponseWriter(NetworkModel model) {
        this.model = model;
        this.calendar = model.calendar();
    }

    /** Writes one page of all participants that ever existed. The total is always "0", as on real nodes. */
    public void writeParticipants(
            ChainView view, ParticipantList participantList, int from, int limit, JsonDocumentWriter out) {
        PageFilter page = new PageFilter(from, limit);
        out.startObject();
        out.startArray("participant");
        participantList.forEach(view, (number, entryView) -> {
            if (page.acceptNextRow()) {
                writeParticipant(model.participant(number), entryView, out);
            }
        });
        out.endArray();
        out.startObject("pagination");
        out.field("next_key", page.nextKey());
        out.field("total", "0");
        out.endObject();
        out.endObject();
    }

    /** Writes the settlement of one participant. */
    public void writePerformanceSummary(int number, SimulatedSettlement settlement, JsonDocumentWriter out) {
        SimulatedCounters work = settlement.work();
        out.startObject();
        out.startObject("epochPerformanceSummary");
        out.field("epoch_index", Long.toString(settlement.epoch()));
        out.field("participant_id", model.identifier(number).value());
        out.field("inference_count", Long.toString(work.inferences()));
        out.field("missed_requests", Long.toString(work.missed()));
        SharedFieldWriter.writeCoins(work, settlement.rewarded(), out);
        out.field("validated_inferences", Long.toString(work.validated()));
        out.field("invalidated_inferences", Long.toString(work.invalidated()));
        out.field("claimed", settlement.claimed());
        out.endObject();
        out.endObject();
    }

    /** Writes an empty list for a participant that reported no hardware. */
    public void writeHardwareNodes(int number, long epoch, JsonDocumentWriter out) {
        SimulatedParticipant participant = model.participant(number);
        out.startObject();
        out.startObject("nodes");
        out.field("participant", participant.identifier().value());
        out.startArray("hardware_nodes");
        for (MlNode node : model.machines(participant, epoch)) {
            out.startObject();
            SharedFieldWriter.writeMachine(node, out);
            out.endObject();
        }
        out.endArray();
        out.endObject();
        out.endObject();
    }

    public void writeError(int code, String message, JsonDocumentWriter out) {
        out.startObject();
        out.field("code", code);
        out.field("message", message);
        out.startArray("details");
        out.endArray();
        out.endObject();
    }

    private void writeParticipant(SimulatedParticipant participant, ChainView view, JsonDocumentWriter out) {
        int number = participant.number();
        long joined = calendar.blockTime(1).toEpochMilli() + (long) number * GENESIS_MILLIS_APART / 100;
        out.startObject();
        out.field("index", participant.identifier().value());
        out.field("address", participant.identifier().value());
        out.field("weight", number % 20 == 0 ? 1 : -1);
        out.field("join_time", Long.toString(joined));
        out.field("join_height", Long.toString(1 + number * 7L));
        out.field("last_inference_time", "0");
        out.field("inference_url", participant.inferenceUrl() == null ? "" : participant.inferenceUrl());
        out.field("status", model.status(number, view.epoch()));
        out.field("coin_balance", "0");
        out.field("validator_key", participant.validatorKey());
        out.field("consecutive_invalid_inferences", "0");
        out.field("worker_public_key", "");
        out.field("epochs_completed", view.epoch() - 1);
        SharedFieldWriter.writeLiveCounters(model.liveCounters(number, view.epoch(), view.height()), out);
        out.endObject();
    }

    /** Selects the rows of one page. */
    private static final class PageFilter {
        private final int from;
        private final int limit;
        private int row;

        PageFilter(int from, int limit) {
            this.from = from;
            this.limit = limit;
        }

        boolean acceptNextRow() {
            row++;
            return row > from && row - from <= limit;
        }

        @Nullable
        String nextKey() {
            return row - from <= limit ? null : pageKey(from + limit);
        }
    }

    /** Real page keys are opaque; these contain the row number in Base64. */
    public static String pageKey(int row) {
        return Base64.getEncoder().encodeToString(Integer.toString(row).getBytes(StandardCharsets.US_ASCII));
    }

    /** The inverse of {@link #pageKey}. */
    public static int parsePageKey(String pageKey) {
        return Integer.parseInt(new String(Base64.getDecoder().decode(pageKey), StandardCharsets.US_ASCII));
    }
}
