package io.gonkapulse.workercore.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Members with a {@code group.instance.id}, which the broker does not remove when their process is killed. */
@RealInfrastructure
class StaticMembershipTest {

    private static final Duration POLL = Duration.ofMillis(100);

    private final TestBroker broker;
    private final TopicConsumerFixture fixture;

    StaticMembershipTest(TestBroker broker, TestDatabase database) {
        this.broker = broker;
        this.fixture = new TopicConsumerFixture(broker, database, 2);
    }

    @BeforeAll
    static void tables(TestDatabase database) {
        TopicConsumerFixture.createTables(database);
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    /**
     * A cooperative rebalance has two steps: the first takes partitions away, the second assigns them. The broker gives
     * members that return between the steps the assignment of the first.
     */
    @Test
    void killBetweenStepsOfRebalanceLeavesNoPartitionUnread() {
        KafkaConsumer<byte[], byte[]> first = join("first");
        try (KafkaConsumer<byte[], byte[]> second = join("second")) {
            first.subscribe(List.of(fixture.topic.name()), new KilledAtRevocation());
            await().atMost(TopicConsumerFixture.TIMEOUT).until(() -> {
                first.poll(POLL);
                return first.assignment().size() == 2;
            });
            second.subscribe(List.of(fixture.topic.name()));
            CompletableFuture<Void> joining = CompletableFuture.runAsync(() -> pollUntilJoined(second));
            assertThatThrownBy(() -> {
                        while (true) {
                            first.poll(POLL);
                        }
                    })
                    .hasRootCauseMessage("killed");
            joining.join();
            assertThat(second.assignment()).isEmpty();

            fixture.createConsumer(new NoteHandler(fixture.jdbc), Map.of("group.instance.id", "first"))
                    .start();
            fixture.createConsumer(new NoteHandler(fixture.jdbc), Map.of("group.instance.id", "second"))
                    .start();
            fixture.send(0, "n1");
            fixture.send(1, "n2");
            fixture.flush();

            fixture.awaitReceived(2);
            assertThat(fixture.notes()).containsExactly(1, 2);
        } finally {
            assertThatThrownBy(first::close).hasRootCauseMessage("killed");
        }
    }

    /** Returns after the first step of the rebalance. */
    private static void pollUntilJoined(KafkaConsumer<byte[], byte[]> consumer) {
        while (consumer.groupMetadata().generationId() < 0) {
            consumer.poll(POLL);
        }
    }

    /** A plain consumer with the settings and the name that the {@link TopicConsumer} will have. */
    private KafkaConsumer<byte[], byte[]> join(String instance) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "group.id",
                        TopicConsumerFixture.GROUP,
                        "group.instance.id",
                        instance + "-" + fixture.topic.name() + "-0",
                        "partition.assignment.strategy",
                        CooperativeStickyAssignor.class.getName(),
                        "heartbeat.interval.ms",
                        300),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static final class KilledAtRevocation implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            throw new IllegalStateException("killed");
        }
    }
}
