package io.gonkapulse.testkit.network.answer;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.testkit.network.chain.Calendar;
import io.gonkapulse.testkit.network.json.JsonOut;
import io.gonkapulse.testkit.network.model.MlNode;
import io.gonkapulse.testkit.network.model.NetworkModel;
import io.gonkapulse.testkit.network.model.Participant;
import io.gonkapulse.testkit.network.model.Settlement;
import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What the REST API of a tracker says. */
public final class TrackerAnswers {

    private static final BigInteger NGONKA_PER_GNK = BigInteger.TEN.pow(9);
    private static final int REWARDS_SHOWN = 5;

    private final NetworkModel model;
    private final Calendar calendar;
    private final TrackerParticipantWriter participants;
    private final ConcurrentMap<Long, Ngonka> totalRewards = new ConcurrentHashMap<>();

    public TrackerAnswers(NetworkModel model) {
        this.model = model;
        this.calendar = model.calendar();
        this.participants = new TrackerParticipantWriter(model);
    }

    public void hello(JsonOut out) {
        out.startObject();
        out.field("message", "hello");
        out.endObject();
    }

    /** The timing is unknown while the proof of compute of the next epoch runs. */
    public void current(View view, Roster roster, JsonOut out) {
        boolean timed = calendar.latestEpoch(view.newestHeight()) == view.epoch();
        writeEpoch(view, true, null, timed, roster, out);
    }

    /** Rows that were stored earlier, without any timing. */
    public void stored(View view, Roster rows, JsonOut out) {
        writeEpoch(view, true, null, false, rows, out);
    }

    public void past(View view, Roster roster, JsonOut out) {
        boolean settled = calendar.heightAt(view.cachedAt()) >= calendar.settlementHeight(view.epoch());
        Long total = settled ? (Long) totalReward(view.epoch()) : null;
        writeEpoch(view, false, total, false, roster, out);
    }

    /** Counters as of the view, rewards as of the newest height. */
    public void participant(int number, View view, long tip, RewardReading reading, JsonOut out) {
        Participant participant = model.participant(number);
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

    public void error(String detail, JsonOut out) {
        out.startObject();
        out.field("detail", detail);
        out.endObject();
    }

    private void writeEpoch(
            View view, boolean current, @Nullable Long total, boolean timed, Roster roster, JsonOut out) {
        out.startObject();
        out.field("epoch_id", view.epoch());
        out.field("height", view.height());
        out.field("cached_at", Times.python(view.cachedAt()));
        out.field("is_current", current);
        out.field("total_assigned_rewards_gnk", total);
        writeTiming(view, timed, out);
        out.startArray("participants");
        roster.each(view, (participant, as) -> {
            out.startObject();
            participants.write(participant, as, out);
            out.endObject();
        });
        out.endArray();
        out.endObject();
    }

    private void writeTiming(View view, boolean timed, JsonOut out) {
        double blockSeconds = Math.round(calendar.plan().blockTime().toNanos() / 1e7) / 100.0;
        out.field("current_block_height", timed ? (Long) view.newestHeight() : null);
        out.field("current_block_timestamp", timed ? Times.go(calendar.blockTime(view.newestHeight())) : null);
        out.field("avg_block_time", timed ? (Double) blockSeconds : null);
        out.field(
                "next_poc_start_block",
                timed ? (Long) calendar.stages(view.epoch()).nextPocStart() : null);
        out.field(
                "set_new_validators_block",
                timed ? (Long) calendar.stages(view.epoch() + 1).setNewValidators() : null);
    }

    private void writeRewards(int number, long epoch, long tip, RewardReading reading, JsonOut out) {
        long newest = Math.min(epoch, calendar.newestSettledEpoch(tip));
        out.startArray("rewards");
        LongStream.iterate(newest, settled -> settled >= epoch - REWARDS_SHOWN, settled -> settled - 1)
                .mapToObj(settled -> model.settlement(number, settled, tip))
                .flatMap(Optional::stream)
                .forEach(settlement -> writeReward(reading.read(settlement, tip), out));
        out.endArray();
    }

    private static void writeReward(Settlement settlement, JsonOut out) {
        out.startObject();
        out.field("epoch_id", settlement.epoch());
        out.field("assigned_reward_gnk", wholeGnk(settlement.rewarded()));
        out.field("claimed", settlement.claimed());
        out.endObject();
    }

    private void writeSeed(Participant participant, long epoch, JsonOut out) {
        String signature = model.seedSignature(participant.number(), epoch);
        if (signature == null) {
            out.field("seed", null);
            return;
        }
        SeedFields.write(participant, epoch, signature, out);
    }

    private static void writeMachine(MlNode node, JsonOut out) {
        out.startObject();
        MachineFields.write(node, out);
        out.field("poc_weight", node.weight());
        out.endObject();
    }

    private long totalReward(long epoch) {
        return wholeGnk(totalRewards.computeIfAbsent(epoch, model::totalReward));
    }

    private static long wholeGnk(Ngonka amount) {
        return amount.amount().divide(NGONKA_PER_GNK).longValueExact();
    }
}
