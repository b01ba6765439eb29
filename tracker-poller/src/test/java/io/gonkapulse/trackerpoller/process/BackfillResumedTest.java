package io.gonkapulse.trackerpoller.process;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.contracts.SettledSnapshot;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.Topic;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.TrackerCommand.Backfill;
import io.gonkapulse.contracts.json.CommandCodec;
import io.gonkapulse.testkit.junit.DedicatedBroker;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.network.SimulatedNetwork;
import io.gonkapulse.testkit.network.chain.Calendar;
import io.gonkapulse.testkit.network.face.Face;
import io.gonkapulse.testkit.network.plan.NetworkPlan;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An order for many epochs outlives the poller that began it. */
@RealInfrastructure
@Timeout(300)
class BackfillResumedTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int EPOCHS = 30;
    private static final int FIRST = 3;
    private static final int BEFORE_THE_KILL = 6;

    private final SimulatedNetwork network =
            SimulatedNetwork.of(NetworkPlan.defaults().participants(40).keptBlocks(1_000_000), InstantSource.system());
    private final Face node = network.openNode();
    private final DedicatedBroker broker;
    private final PollerSettings settings;
    private final PolledTopics topics;

    BackfillResumedTest(DedicatedBroker broker) {
        this.broker = broker;
        Topic.ALL.forEach(topic -> broker.createTopic(topic.name(), topic.partitions()));
        this.topics = new PolledTopics(broker);
        this.settings = quiet(quiet(PollerSettings.of(broker), "old"), "fresh")
                .ofTracker("FIRSTBACKFILL", String.valueOf(FIRST));
    }

    /** Slow enough for an order to be cut in its middle: an epoch takes a fifth of a second. */
    private PollerSettings quiet(PollerSettings before, String tracker) {
        return before.tracker(tracker, "gonka-node", node.url())
                .ofTracker("INTERVAL", "10s")
                .ofTracker("SETTLEDEPOCHS", "0")
                .ofTracker("REQUESTSPERSECOND", "200");
    }

    @AfterEach
    void close() {
        topics.close();
        node.close();
    }

    @Test
    void goesOnWithTheEpochAfterTheLastOneAndOrdersTheFirstBackfillOnce() throws IOException {
        long last = running() - 10;
        long first = last - EPOCHS + 1;
        try (PollerProcess poller = PollerProcess.start(settings)) {
            await().atMost(PATIENCE).until(() -> epochs("fresh").size() >= FIRST);
            order(first, last);
            await().atMost(PATIENCE).until(() -> epochs("old").size() >= BEFORE_THE_KILL);
            poller.kill();
        }
        assertThat(epochs("old")).as("killed in the middle").hasSizeLessThan(EPOCHS);

        try (PollerProcess next = PollerProcess.start(settings)) {
            await().atMost(PATIENCE).until(() -> Set.copyOf(epochs("old")).size() == EPOCHS);
            next.terminate();
        }
        assertThat(epochs("old"))
                .as("at most the one under way is fetched again")
                .hasSizeBetween(EPOCHS, EPOCHS + 1);
        everyMemberHasASettlement(first, last);
        assertThat(epochs("fresh")).hasSize(FIRST);
        assertThat(firstOrders()).hasSize(1);
    }

    private void order(long from, long to) throws IOException {
        try (PollerProcess command = PollerProcess.start(settings, "backfill", "old", "--epochs", from + ".." + to)) {
            assertThat(command.awaitEnd()).as(() -> command.errors().toString()).isZero();
            assertThat(command.lines()).anyMatch(line -> line.startsWith("Ordered epochs " + from + " to " + to));
        }
    }

    private long running() {
        Calendar calendar = network.calendar();
        return calendar.currentEpoch(calendar.heightAt(InstantSource.system().instant()));
    }

    /** Of the polls that fetched old epochs, in their order. */
    private List<Long> epochs(String tracker) {
        return topics.polls().stream()
                .filter(poll -> poll.purpose() == Purpose.BACKFILL
                        && poll.outcome() != Outcome.FAILED
                        && poll.tracker().value().equals(tracker))
                .map(poll -> Objects.requireNonNull(poll.network().epoch()))
                .toList();
    }

    private void everyMemberHasASettlement(long first, long last) {
        Map<Long, Set<NodeIdentifier>> settled =
                LongStream.rangeClosed(first, last).boxed().collect(toMap(Function.identity(), this::settledIn));
        settled.forEach((epoch, nodes) -> assertThat(nodes)
                .as("settlements of epoch %s", epoch)
                .containsExactlyInAnyOrderElementsOf(network.nodes(epoch).collect(toSet())));
    }

    private Set<NodeIdentifier> settledIn(long epoch) {
        return topics.snapshots().stream()
                .filter(snapshot -> snapshot instanceof SettledSnapshot && snapshot.epoch() == epoch)
                .map(Snapshot::node)
                .collect(toSet());
    }

    /** All that was ever ordered under the id of a first backfill, but for its remainders. */
    private List<TrackerCommand> firstOrders() {
        CommandCodec codec = new CommandCodec();
        return broker.records(Topic.COMMANDS.name()).stream()
                .map(found -> codec.decode(found.bytes()))
                .filter(command -> command.id().equals("first-fresh")
                        && command instanceof Backfill backfill
                        && backfill.toEpoch() - backfill.fromEpoch() == FIRST - 1)
                .toList();
    }
}
