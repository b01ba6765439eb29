package io.gonkapulse.trackerpoller.process;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.contracts.SettledSnapshot;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.TrackerCommand.BackfillEpochs;
import io.gonkapulse.contracts.json.CommandCodec;
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.model.ChainCalendar;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import io.gonkapulse.testkit.junit.DedicatedBroker;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.trackerpoller.PollerCommands;
import io.gonkapulse.trackerpoller.PollerCommands.CommandResult;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/** A long backfill survives the poller that started it. */
@RealInfrastructure
@Tag("process")
@TestInstance(Lifecycle.PER_CLASS)
class ResumedBackfillTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int EPOCHS = 30;
    private static final int INITIAL_EPOCHS = 3;
    private static final int BEFORE_THE_KILL = 6;

    private final SimulatedNetwork network = SimulatedNetwork.of(
            NetworkPlan.defaults().participants(40).retainedBlocks(1_000_000), InstantSource.system());
    private final SimulatedEndpoint node = network.openNode();
    private final DedicatedBroker broker;
    private final PollerEnvironment settings;
    private final PublishedTopics topics;
    private final long last = runningEpoch() - 10;
    private final long first = last - EPOCHS + 1;
    private List<Long> backfilledBeforeKill = List.of();

    ResumedBackfillTest(DedicatedBroker broker) {
        this.broker = broker;
        KafkaTopic.TRACKER_TOPICS.forEach(topic -> broker.createTopic(topic.name(), topic.partitions()));
        this.topics = new PublishedTopics(broker);
        this.settings = withSlowTracker(withSlowTracker(PollerEnvironment.of(broker), "old"), "fresh")
                .ofTracker("INITIAL_BACKFILL_EPOCHS", String.valueOf(INITIAL_EPOCHS));
    }

    /** Slow enough to kill the poller in the middle: an epoch takes a fifth of a second. */
    private PollerEnvironment withSlowTracker(PollerEnvironment before, String tracker) {
        return before.tracker(tracker, "gonka-node", node.url())
                .ofTracker("INTERVAL", "10s")
                .ofTracker("SETTLED_EPOCHS", "0")
                .ofTracker("REQUESTS_PER_SECOND", "200");
    }

    @AfterAll
    void close() {
        topics.close();
        node.close();
    }

    @BeforeAll
    @Timeout(300)
    void backfillWithTwoPollersInTurn() throws IOException {
        try (PollerProcess poller = PollerProcess.start(settings)) {
            await().atMost(TIMEOUT).until(() -> backfilledEpochs("fresh").size() >= INITIAL_EPOCHS);
            sendBackfill();
            await().atMost(TIMEOUT).until(() -> backfilledEpochs("old").size() >= BEFORE_THE_KILL);
            poller.kill();
        }
        backfilledBeforeKill = backfilledEpochs("old");
        try (PollerProcess next = PollerProcess.start(settings)) {
            await().atMost(TIMEOUT)
                    .until(() -> Set.copyOf(backfilledEpochs("old")).size() == EPOCHS);
            next.terminate();
        }
    }

    @Test
    void repeatsOnlyEpochInFlight() {
        assertThat(backfilledBeforeKill).as("killed in the middle").hasSizeLessThan(EPOCHS);
        assertThat(backfilledEpochs("old"))
                .as("only the epoch in flight is fetched twice")
                .hasSizeBetween(EPOCHS, EPOCHS + 1);
    }

    @Test
    void settlesEveryMember() {
        LongStream.rangeClosed(first, last)
                .forEach(epoch -> assertThat(settledIn(epoch))
                        .as("settlements of epoch %s", epoch)
                        .containsExactlyInAnyOrderElementsOf(
                                network.nodes(epoch).collect(toSet())));
    }

    @Test
    void backfillsNewTrackerOnce() {
        assertThat(backfilledEpochs("fresh")).hasSize(INITIAL_EPOCHS);
        assertThat(initialBackfills()).hasSize(1);
    }

    private void sendBackfill() {
        CommandResult sent = PollerCommands.run(
                "backfill",
                "old",
                "--epochs",
                first + ".." + last,
                "--kafka.bootstrap.servers=" + broker.bootstrapServers(),
                "--poller.trackers[0].name=old",
                "--poller.trackers[0].kind=gonka-node",
                "--poller.trackers[0].urls=" + node.url());
        assertThat(sent.exitCode()).as(sent.toString()).isZero();
        assertThat(sent.lines()).anyMatch(line -> line.contains(": epochs " + first + " to " + last + " of old"));
    }

    private long runningEpoch() {
        ChainCalendar calendar = network.calendar();
        return calendar.currentEpoch(calendar.heightAt(InstantSource.system().instant()));
    }

    /** The epochs of successful backfill polls, in their order. */
    private List<Long> backfilledEpochs(String tracker) {
        return topics.polls().stream()
                .filter(poll -> poll.purpose() == Purpose.BACKFILL
                        && poll.outcome() != Outcome.FAILED
                        && poll.tracker().value().equals(tracker))
                .map(poll -> Objects.requireNonNull(poll.network().epoch()))
                .toList();
    }

    private Set<NodeIdentifier> settledIn(long epoch) {
        return topics.snapshots().stream()
                .filter(snapshot -> snapshot instanceof SettledSnapshot && snapshot.epoch() == epoch)
                .map(Snapshot::node)
                .collect(toSet());
    }

    /** The commands with the id of an initial backfill, without its remainders. */
    private List<TrackerCommand> initialBackfills() {
        CommandCodec codec = new CommandCodec();
        return broker.records(KafkaTopic.COMMANDS.name()).stream()
                .map(found -> codec.decode(found.requireValue()))
                .filter(command -> command.id().equals("first-fresh")
                        && command instanceof BackfillEpochs backfill
                        && backfill.toEpoch() - backfill.fromEpoch() == INITIAL_EPOCHS - 1)
                .toList();
    }
}
