package io.gonkapulse.benchmarks.consumers;

import io.gonkapulse.contracts.EarningsFact;
import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.json.SnapshotCodec;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TimeWindows;
import tools.jackson.databind.json.JsonMapper;

/**
 * The peer: a Kafka Streams job with default stores that sums the topic per node and day. It stores less than the
 * rebuild and ignores settlements. Its start and stop are not measured.
 */
final class KafkaStreamsRollup {

    private static final Duration DAY = Duration.ofDays(1);
    /** Several times the slowest run; a hanging job must not block the benchmarks. */
    private static final long TIMEOUT_SECONDS = 300;

    private final String bootstrapServers;
    private final Path stateDirectory;
    private final int threads;
    private final Function<byte[], SnapshotValues> reader;

    KafkaStreamsRollup(
            String bootstrapServers, Path stateDirectory, int threads, Function<byte[], SnapshotValues> reader) {
        this.reader = reader;
        this.bootstrapServers = bootstrapServers;
        this.stateDirectory = stateDirectory;
        this.threads = threads;
    }

    /** The fields of a snapshot that the peer uses. */
    record SnapshotValues(long epoch, long earned, long inferences) {

        /** Reads as most applications do. */
        static SnapshotValues readWithDatabind(byte[] json) {
            FlatSnapshot snapshot = JsonMapper.shared().readValue(json, FlatSnapshot.class);
            return new SnapshotValues(snapshot.epoch(), snapshot.earned().longValue(), snapshot.inferences());
        }

        /** Reads with the rebuild's reader, so that the comparison shows the difference beyond parsing. */
        static SnapshotValues readWithOurReader(SnapshotCodec codec, byte[] json) {
            EarningsFact fact = codec.decodeEarnings(json, Long.MAX_VALUE);
            return new SnapshotValues(
                    fact.epoch(),
                    fact.counters().earned().amount().longValue(),
                    fact.counters().inferences());
        }
    }

    /** Returns records per second, from the first to the last record. */
    double measure(long records, String name) throws InterruptedException {
        AtomicLong remaining = new AtomicLong(records);
        AtomicLong start = new AtomicLong();
        AtomicLong end = new AtomicLong();
        CountDownLatch done = new CountDownLatch(1);
        Topology topology = topology(() -> {
            long now = remaining.getAndDecrement();
            if (now == records) {
                start.set(System.nanoTime());
            } else if (now == 1) {
                end.set(System.nanoTime());
                done.countDown();
            }
        });
        try (KafkaStreams streams = new KafkaStreams(topology, settings(name))) {
            streams.start();
            if (!done.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Kafka Streams timed out with " + remaining + " records left");
            }
        }
        return (records - 1) * 1e9 / (end.get() - start.get());
    }

    private Topology topology(Runnable counter) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(KafkaTopic.SNAPSHOTS.name(), Consumed.with(Serdes.String(), Serdes.ByteArray()))
                .groupByKey()
                .windowedBy(TimeWindows.ofSizeAndGrace(DAY, DAY))
                .aggregate(
                        () -> new byte[0],
                        (node, value, day) -> {
                            counter.run();
                            return merge(day, reader.apply(value));
                        },
                        Materialized.with(Serdes.String(), Serdes.ByteArray()));
        return builder.build();
    }

    /** State of a day: earnings of completed epochs, then epoch, earnings and inferences of the newest one. */
    private static byte[] merge(byte[] day, SnapshotValues fact) {
        long before = 0;
        long earned = fact.earned();
        long inferences = fact.inferences();
        if (day.length > 0) {
            ByteBuffer known = ByteBuffer.wrap(day);
            before = known.getLong();
            boolean same = known.getLong() == fact.epoch();
            long last = known.getLong();
            before += same ? 0 : last;
            earned = same ? Math.max(earned, last) : earned;
            inferences = same ? Math.max(inferences, known.getLong()) : inferences;
        }
        return ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(before)
                .putLong(fact.epoch())
                .putLong(earned)
                .putLong(inferences)
                .array();
    }

    private Properties settings(String name) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return settings;
    }
}
