package io.gonkapulse.testkit.network.answer;

import io.gonkapulse.testkit.network.chain.Calendar;
import io.gonkapulse.testkit.network.json.JsonOut;
import io.gonkapulse.testkit.network.model.Counters;
import io.gonkapulse.testkit.network.model.MlNode;
import io.gonkapulse.testkit.network.model.NetworkModel;
import io.gonkapulse.testkit.network.model.Participant;
import io.gonkapulse.testkit.network.model.Settlement;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The chain's state as its query gateway says it; everything that counts is a string. */
public final class ChainAnswers {

    private static final int GENESIS_MILLIS_APART = 3_600_000;

    private final NetworkModel model;
    private final Calendar calendar;

    public ChainAnswers(NetworkModel model) {
        this.model = model;
        this.calendar = model.calendar();
    }

    /** A page of all participants there ever were; the total is "0" whatever it is. */
    public void participants(View view, Roster roster, int from, int limit, JsonOut out) {
        Page page = new Page(from, limit);
        out.startObject();
        out.startArray("participant");
        roster.each(view, (number, as) -> {
            if (page.takes()) {
                writeParticipant(model.participant(number), as, out);
            }
        });
        out.endArray();
        out.startObject("pagination");
        out.field("next_key", page.nextKey());
        out.field("total", "0");
        out.endObject();
        out.endObject();
    }

    public void performanceSummary(int number, Settlement settlement, JsonOut out) {
        Counters work = settlement.work();
        out.startObject();
        out.startObject("epochPerformanceSummary");
        out.field("epoch_index", Long.toString(settlement.epoch()));
        out.field("participant_id", model.identifier(number).value());
        out.field("inference_count", Long.toString(work.inferences()));
        out.field("missed_requests", Long.toString(work.missed()));
        StatsFields.writeCoins(work, settlement.rewarded(), out);
        out.field("validated_inferences", Long.toString(work.validated()));
        out.field("invalidated_inferences", Long.toString(work.invalidated()));
        out.field("claimed", settlement.claimed());
        out.endObject();
        out.endObject();
    }

    /** An empty list where nothing was reported. */
    public void hardwareNodes(int number, long epoch, JsonOut out) {
        Participant participant = model.participant(number);
        out.startObject();
        out.startObject("nodes");
        out.field("participant", participant.identifier().value());
        out.startArray("hardware_nodes");
        for (MlNode node : model.machines(participant, epoch)) {
            out.startObject();
            MachineFields.write(node, out);
            out.endObject();
        }
        out.endArray();
        out.endObject();
        out.endObject();
    }

    public void error(int code, String message, JsonOut out) {
        out.startObject();
        out.field("code", code);
        out.field("message", message);
        out.startArray("details");
        out.endArray();
        out.endObject();
    }

    private void writeParticipant(Participant participant, View view, JsonOut out) {
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
        StatsFields.writeLive(model.live(number, view.epoch(), view.height()), out);
        out.endObject();
    }

    /** Counts rows past the start of a page. */
    private static final class Page {
        private final int from;
        private final int limit;
        private int row;

        Page(int from, int limit) {
            this.from = from;
            this.limit = limit;
        }

        boolean takes() {
            row++;
            return row > from && row - from <= limit;
        }

        @Nullable
        String nextKey() {
            return row - from <= limit ? null : pageKey(from + limit);
        }
    }

    public static String pageKey(int row) {
        return Base64.getEncoder().encodeToString(Integer.toString(row).getBytes(StandardCharsets.US_ASCII));
    }

    public static int rowOf(String pageKey) {
        return Integer.parseInt(new String(Base64.getDecoder().decode(pageKey), StandardCharsets.US_ASCII));
    }
}
