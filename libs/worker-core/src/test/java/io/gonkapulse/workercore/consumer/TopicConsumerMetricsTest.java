package io.gonkapulse.workercore.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gonkapulse.servicekit.observability.PulseMeter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class TopicConsumerMetricsTest {

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final TopicConsumerMetrics metrics = new TopicConsumerMetrics(meters, "topic");

    @Test
    void appliedAgeGrowsFromLastRecord() {
        assertThat(age()).isNaN();

        clock.add(Duration.ofMinutes(10));
        metrics.countBatch(
                new ConsumerBatch(List.of(sentAt(Duration.ofMinutes(7)), sentAt(Duration.ofMinutes(9)))), counts());
        clock.add(Duration.ofSeconds(30));

        assertThat(age()).isCloseTo(90, within(0.1));
    }

    private double age() {
        return meters.get(PulseMeter.CONSUMER_APPLIED_AGE.id()).gauge().value();
    }

    private static ConsumerRecord<byte[], byte[]> sentAt(Duration time) {
        return new ConsumerRecord<>(
                "topic",
                0,
                0,
                time.toMillis(),
                TimestampType.CREATE_TIME,
                0,
                1,
                null,
                new byte[1],
                new RecordHeaders(),
                Optional.empty());
    }

    private static BatchCounts counts() {
        return BatchCounts.of(2, 2, 0);
    }
}
