package io.gonkapulse.trackerpoller.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.messages.TestMessages;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What a publisher sends with and without the lease. */
class PublisherLeaseTest {

    private final MockProducer<byte[], byte[]> producer = TestKafkaPublisher.inMemoryProducer();
    private boolean leaseHeld = true;
    private final KafkaPublisher publisher = TestKafkaPublisher.publisher(
                    producer, SteppedClock.at(Instant.parse("2026-03-01T12:00:00Z")))
            .leaseHeld(() -> leaseHeld)
            .build();

    @Test
    void publishesSnapshotsAndPollWithLease() {
        publishSnapshot();
        publisher.publishPoll(TestMessages.poll().build());
        assertThat(sentTopics()).containsExactly(KafkaTopic.SNAPSHOTS.name(), KafkaTopic.POLLS.name());
    }

    @Test
    void rejectsSnapshotsWithoutLease() {
        leaseHeld = false;
        assertThatThrownBy(this::publishSnapshot)
                .isInstanceOf(PublishFailedException.class)
                .hasMessageContaining("another poller may poll the tracker");
        assertThat(sentTopics()).isEmpty();
    }

    @Test
    void publishesPollWithoutLease() {
        leaseHeld = false;
        publisher.publishPoll(TestMessages.poll().build());
        assertThat(sentTopics()).containsExactly(KafkaTopic.POLLS.name());
    }

    private void publishSnapshot() {
        PollPublisher.PublishBatch batch = publisher.startBatch();
        batch.add(TestMessages.live().build());
        batch.flush();
    }

    private List<String> sentTopics() {
        return producer.history().stream().map(ProducerRecord::topic).toList();
    }
}
