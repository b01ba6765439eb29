package io.gonkapulse.networksimulator.api;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.networksimulator.model.ChainCalendar;
import io.gonkapulse.networksimulator.model.MlNode;
import io.gonkapulse.networksimulator.model.NetworkModel;
import io.gonkapulse.networksimulator.model.SimulatedParticipant;
import io.gonkapulse.networksimulator.model.SimulatedSettlement;
import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Writes the responses of a tracker's REST API. */
public final class TrackerResponseWriter {

    private static final BigInteger NGONKA_PER_GNK = BigInteger.TEN.pow(9);
    /** Real trackers report the rewards of the last epochs only. */
    private static final int MAX_REWARDS = 5;

    private final NetworkModel model;
    private final ChainCalendar calendar;
    private final TrackerParticipantWriter participants;
    /** By epoch. A total is a sum over all participants, and every poll of a past epoch reports it. */
    private final ConcurrentMap<Long, Ngonka> totalRewards = new ConcurrentHashMap<>();

    public TrackerResponseWriter(NetworkModel model) {
        this.model = model;
        this.calendar = model.calendar();
        this.participants = new TrackerParticipantWriter(model);
    }

    public void writeHello(JsonDocumentWriter out) {
        out.startObject();
        out.field("message", "hello");
        out.endObject();
    }

    /** Timing is null while the next epoch's proof of compute runs. */
    public void writeCurrentEpoch(ChainView view, ParticipantList participantList, JsonDocumentWriter out) {
        boolean timed = calendar.latestEpoch(view.newestHeight()) == view.epoch();
        writeEpoch(view, true, null, timed, participantList, out);
    }

    /** Writes rows that the tracker stored earlier, without timing. */
    public void writeStoredRows(ChainView view, ParticipantList rows, JsonDocumentWriter out) {
        writeEpoch(view, true, null, false, rows, out);
    }

    /** A past epoch has the total of its rewards once it is settled. */
    public void writePastEpoch(ChainView view, ParticipantList participantList, JsonDocumentWriter out) {
        boolean settled = calendar.heightAt(view.cachedAt()) >= calendar.settlementHeight(view.epoch());
        Long total = settled ? (Long) totalReward(view.epoch()) : null;
        writeEpoch(view, false, total, false, participantList, out);
    }

    /** Writes counters at the view's height and rewards at the newest height. */
    public void writeParticipantDetails(
            int number, ChainView view, long tip, RewardFilter reading, JsonDocumentWriter out) {
        SimulatedParticipant participant = model.participant(number);
        out.startObject();
        out.startObject("participant");
        participants.write(number, view, out);
        out.endObject();
        writeRewards(number, view.epoch(), tip, reading, out);
        writeSeed(participant, view.epoch(), out);
        out.startArray("warm_keys");
        out.endArray();
        out.startArray("ml_nodes");
        model.machines(participant, view.epoch()).forEach(node -> writeMachine(node, out));
        out.endArray();
        out.endObject();
    }

    public void writeError(String detail, JsonDocumentWriter out) {
        out.startObject();
        out.field("detail", detail);
        out.endObject();
    }

    private void writeEpoch(
            ChainView view,
            boolean current,
            @Nullable Long total,
            boolean timed,
            ParticipantList participantList,
            JsonDocumentWriter out) {
        out.startObject();
        out.field("epoch_id", view.epoch());
        out.field("height", view.height());
        out.field("cached_at", SharedFieldWriter.formatPython(view.cachedAt()));
        out.field("is_current", current);
        out.field("total_assigned_rewards_gnk", total);
        writeTiming(view, timed, out);
        out.startArray("participants");
        participantList.forEach(view, (participant, entryView) -> {
            out.startObject();
            participants.write(participant, entryView, out);
            out.endObject();
        });
        out.endArray();
        out.endObject();
    }

    private void writeTiming(ChainView view, boolean timed, JsonDocumentWriter out) {
        double blockSeconds = Math.round(calendar.plan().blockTime().toNanos() / 1e7) / 100.0;
        out.field("current_block_height", timed ? (Long) view.newestHeight() : null);
        out.field(
                "current_block_timestamp",
                timed ? SharedFieldWriter.formatGo(calendar.blockTime(view.newestHeight())) : null);
        out.field("avg_block_time", timed ? (Double) blockSeconds : null);
        out.field(
                "next_poc_start_block",
                timed ? (Long) calendar.stages(view.epoch()).nextPocStart() : null);
        out.field(
                "set_new_validators_block",
                timed ? (Long) calendar.stages(view.epoch() + 1).setNewValidators() : null);
    }

    private void writeRewards(int number, long epoch, long tip, RewardFilter reading, JsonDocumentWriter out) {
        long newest = Math.min(epoch, calendar.newestSettledEpoch(tip));
        out.startArray("rewards");
        LongStream.iterate(newest, settled -> settled >= epoch - MAX_REWARDS, settled -> settled - 1)
                .mapToObj(settled -> model.settlement(number, settled, tip))
                .flatMap(Optional::stream)
                .forEach(settlement -> writeReward(reading.apply(settlement, tip), out));
        out.endArray();
    }

    private static void writeReward(SimulatedSettlement settlement, JsonDocumentWriter out) {
        out.startObject();
        out.field("epoch_id", settlement.epoch());
        out.field("assigned_reward_gnk", wholeGnk(settlement.rewarded()));
        out.field("claimed", settlement.claimed());
        out.endObject();
    }

    private void writeSeed(SimulatedParticipant participant, long epoch, JsonDocumentWriter out) {
        String signature = model.seedSignature(participant.number(), epoch);
        if (signature == null) {
            out.field("seed", null);
            return;
        }
        SharedFieldWriter.writeSeed(participant, epoch, signature, out);
    }

    private static void writeMachine(MlNode node, JsonDocumentWriter out) {
        out.startObject();
        SharedFieldWriter.writeMachine(node, out);
        out.field("poc_weight", node.weight());
        out.endObject();
    }

    private long totalReward(long epoch) {
        return wholeGnk(totalRewards.computeIfAbsent(epoch, model::totalReward));
    }

    /** Trackers report rewards in whole GNK, rounded down. */
    private static long wholeGnk(Ngonka amount) {
        return amount.amount().divide(NGONKA_PER_GNK).longValueExact();
    }

    /** Changes a settlement before it is reported at a height. */
    @FunctionalInterface
    public interface RewardFilter {

        SimulatedSettlement apply(SimulatedSettlement settlement, long height);
    }
}
