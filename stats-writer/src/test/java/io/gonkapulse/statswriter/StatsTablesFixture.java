package io.gonkapulse.statswriter;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.statswriter.snapshot.SnapshotBatchHandler;
import io.gonkapulse.statswriter.snapshot.SnapshotWriter;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.workercore.consumer.ConsumerBatch;
import io.gonkapulse.workercore.consumer.TopicConsumerProperties;
import io.gonkapulse.workercore.replay.ReplayBatchProcessor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** The tables of the service without a broker: tests apply snapshots in batches. */
final class StatsTablesFixture {

    static final TopicConsumerProperties CONSUMER_PROPERTIES = new Binder(new MapConfigurationPropertySource(
                    Map.of("consumer.initial-back-off", "50ms", "consumer.max-back-off", "500ms")))
            .bindOrCreate("consumer", TopicConsumerProperties.class);

    private static final SnapshotCodec CODEC = new SnapshotCodec();

    final JdbcTemplate jdbc;
    final JdbcTemplate owner;
    private final InstantSource clock;
    private ReplayBatchProcessor<?> processor;

    StatsTablesFixture(TestDatabase database, InstantSource clock) {
        this.clock = clock;
        owner = new JdbcTemplate(database.dataSource());
        jdbc = new JdbcTemplate(new SingleConnectionDataSource(
                database.jdbcUrl(), database.withRole(StatsWriterFixture.GROUP).username(), database.password(), true));
        processor = createProcessor();
    }

    private ReplayBatchProcessor<?> createProcessor() {
        DataSource source = requireNonNull(jdbc.getDataSource());
        SnapshotWriter writer = new SnapshotWriter(jdbc, Duration.ofDays(90), clock);
        return new ReplayBatchProcessor<>(
                new SnapshotBatchHandler(writer, Duration.ofMinutes(3)),
                new TransactionTemplate(new DataSourceTransactionManager(source)),
                CONSUMER_PROPERTIES);
    }

    ReplayBatchProcessor.ReplayBatchResult apply(List<? extends Snapshot> snapshots) {
        return processor.apply(batch(snapshots));
    }

    ReplayBatchProcessor.ReplayBatchResult apply(KafkaTopic topic, List<byte[]> values) {
        return processor.apply(batch(topic, values));
    }

    static ConsumerBatch batch(List<? extends Snapshot> snapshots) {
        return batch(KafkaTopic.SNAPSHOTS, snapshots.stream().map(CODEC::encode).toList());
    }

    /** Values without keys, at the first offsets of partition 0. */
    static ConsumerBatch batch(KafkaTopic topic, List<byte[]> values) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (byte[] value : values) {
            records.add(new ConsumerRecord<>(
                    topic.name(),
                    0,
                    records.size(),
                    Long.MAX_VALUE,
                    TimestampType.CREATE_TIME,
                    ConsumerRecord.NULL_SIZE,
                    value.length,
                    null,
                    value,
                    new RecordHeaders(),
                    Optional.empty()));
        }
        return new ConsumerBatch(records);
    }

    void clear() {
        owner.execute(
                "truncate nodes, trackers, tracker_polls, tracker_coverage, consumer_offsets, network_daily cascade");
        processor = createProcessor();
    }

    /** All rows written by snapshots, without generated keys. */
    List<List<Map<String, Object>>> contents() {
        return List.of(jdbc.queryForList("""
                        select identifier, node.display_name, node.gpu_type, status, tokens_per_sec, active_model,
                               voting_weight, source, stats.fetched_at, facts.epoch, facts.participant_status,
                               facts.gpu_count, facts.jailed_until, facts.tracker_success_rate, facts.observed_at,
                               facts.inferences, facts.tie, facts.missed, facts.validated, facts.invalidated,
                               facts.models::text as models
                          from nodes node
                          left join node_stats_cache stats on stats.node_id = node.id
                          left join node_facts facts on facts.node_id = node.id
                         order by identifier
                        """), jdbc.queryForList("""
                        select identifier, hour, seen, unhealthy, jailed
                          from node_health_hourly
                          join nodes on id = node_id
                         order by identifier, hour
                        """), jdbc.queryForList("""
                        select identifier, day, epoch, weight
                          from node_daily
                          join nodes on id = node_id
                         order by identifier, day, epoch
                        """));
    }
}
