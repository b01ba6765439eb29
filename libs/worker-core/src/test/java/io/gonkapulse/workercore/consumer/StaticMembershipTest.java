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
import java.util.concurrent.Callable;
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
    private static final String INSTANCE = "only";

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
        KafkaConsumer<byte[], byte[]> first = killableThread(0);
        try (KafkaConsumer<byte[], byte[]> second = killableThread(1)) {
            first.subscribe(List.of(fixture.topic.name()), new KilledAtRevocation());
            awaitPolled(first, () -> first.assignment().size() == 2);
            second.subscribe(List.of(fixture.topic.name()));
            assertThatThrownBy(() -> awaitPolled(second, () -> {
                        first.poll(POLL);
                        return false;
                    }))
                    .hasRootCauseMessage("killed");
            awaitPolled(second, () -> second.groupMetadata().generationId() >= 0);
            assertThat(second.assignment()).isEmpty();

            fixture.createConsumer(new NoteHandler(fixture.jdbc), Map.of("group.instance.id", INSTANCE))
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

    private static void awaitPolled(KafkaConsumer<?, ?> consumer, Callable<Boolean> condition) {
        await().atMost(TopicConsumerFixture.TIMEOUT).until(() -> {
            consumer.poll(POLL);
            return condition.call();
        });
    }

    /** A plain consumer with the settings and the name that this thread of the {@link TopicConsumer} will have. */
    private KafkaConsumer<byte[], byte[]> killableThread(int number) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "group.id",
                        TopicConsumerFixture.GROUP,
                        "group.instance.id",
                        INSTANCE + "-" + fixture.topic.name() + "-" + number,
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
