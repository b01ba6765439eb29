package io.gonkapulse.jobrecorder.rebuild;

import io.gonkapulse.jobrecorder.merge.JobBatch;
import io.gonkapulse.jobrecorder.merge.JobBatchHandler;
import io.gonkapulse.jobrecorder.merge.JobBatchWriter;
import io.gonkapulse.jobrecorder.verify.JobCountsCheck;
import io.gonkapulse.workercore.consumer.ConsumerBatch;
import io.gonkapulse.workercore.consumer.DeadLetterBuffer;
import io.gonkapulse.workercore.consumer.TopicMetadataReader;
import io.gonkapulse.workercore.consumer.TopicMetadataReader.TopicMetadata;
import io.gonkapulse.workercore.replay.RebuildListener;
import io.gonkapulse.workercore.replay.TopicReader;
import io.gonkapulse.workercore.sql.AdvisoryLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs rebuilds, one at a time. Reads the topic up to what the running consumers have applied, then holds them for a
 * moment, reads the rest, compares and replaces what differs. A rebuild that fails changes nothing.
 */
public final class JobRebuildRunner {

    private static final AdvisoryLock LOCK = new AdvisoryLock(7_320_519_823_364_114L);
    private static final long CATCH_UP_THRESHOLD = 20_000;
    private static final int MAX_CATCH_UP_RUNS = 10;
    private static final int MAX_EXAMPLES = 20;
    private static final int MAX_COUNT_DIFFERENCES = 1_000;

    /** A job's events may be older than its id by as much. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(10);

    private static final String SELECT_APPLIED = """
            select partition, next_offset, topic_id
              from consumer_offsets
             where consumer_group = ?
               and topic = ?
            """;

    private final DataSource source;
    private final Supplier<TopicReader> topic;
    private final Supplier<TopicMetadata> metadata;
    private final String group;
    private final String topicName;
    private final Duration defaultLease;

    /**
     * Creates the runner.
     *
     * @param group consumer group of the running consumers
     */
    public JobRebuildRunner(
            DataSource source,
            Supplier<TopicReader> topic,
            Supplier<TopicMetadata> metadata,
            String group,
            String topicName,
            Duration defaultLease) {
        this.source = source;
        this.topic = topic;
        this.metadata = metadata;
        this.group = group;
        this.topicName = topicName;
        this.defaultLease = defaultLease;
    }

    /**
     * Runs a rebuild.
     *
     * @param listener receives lines for an operator, and stages
     * @param differences receives every job and stage that differs
     */
    public JobRebuildReport run(boolean dryRun, RebuildListener listener, Consumer<String> differences)
            throws SQLException {
        try (Connection connection = source.getConnection()) {
            // A statement over many jobs takes longer than the pool's limit, which is meant for the service.
            connection.setNetworkTimeout(Runnable::run, 0);
            if (!LOCK.tryAcquire(connection)) {
                throw new JobRebuildRefusedException("Another rebuild is running; wait for it, or stop it");
            }
            SingleConnectionDataSource session = new SingleConnectionDataSource(connection, true);
            RebuiltJobTables tables = new RebuiltJobTables(JdbcClient.create(session));
            try (TopicReader reader = topic.get()) {
                tables.create();
                return new Run(session, tables, reader, listener).run(dryRun, differences);
            } finally {
                if (!connection.isClosed()) {
                    tables.drop();
                    LOCK.release(connection);
                }
            }
        }
    }

    /** A rebuild cannot run now; the message says why and what to do. */
    public static final class JobRebuildRefusedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        JobRebuildRefusedException(String message) {
            super(message);
        }
    }

    /** One rebuild on one connection. */
    private final class Run {

        private final DataSource session;
        private final JdbcTemplate jdbc;
        private final RebuiltJobTables tables;
        private final TopicReader reader;
        private final RebuildListener listener;
        private final JobBatchHandler handler;
        private final TransactionTemplate transaction;
        private final Map<Integer, Long> position;
        private final @Nullable Instant coveredFrom;
        private final Optional<UUID> topicId;
        private long records;
        private long invalid;

        Run(DataSource session, RebuiltJobTables tables, TopicReader reader, RebuildListener listener) {
            this.session = session;
            this.jdbc = new JdbcTemplate(session);
            this.tables = tables;
            this.reader = reader;
            this.listener = listener;
            this.handler = new JobBatchHandler(new JobBatchWriter(jdbc, RebuiltJobTables.NAMES), defaultLease);
            this.transaction = new TransactionTemplate(new DataSourceTransactionManager(session));
            this.position = new HashMap<>(reader.beginningOffsets());
            this.coveredFrom = firstCoveredTime();
            this.topicId = metadata.get().id();
        }

        JobRebuildReport run(boolean dryRun, Consumer<String> differences) {
            listener.stage("read");
            for (int run = 0; run < MAX_CATCH_UP_RUNS; run++) {
                Map<Integer, Long> to = appliedOffsets();
                if (run > 0 && remainingRecords(to) < CATCH_UP_THRESHOLD) {
                    break;
                }
                read(to);
            }
            listener.stage("compare");
            listener.progress("comparing; the consumers wait");
            JobRebuildReport report = transaction.execute(status -> {
                jdbc.execute((ConnectionCallback<Boolean>) connection -> {
                    JobBatchWriter.RETENTION_LOCK.acquireUntilCommit(connection);
                    return true;
                });
                read(appliedOffsets());
                JobRebuildReport compared = compareAndReplace(dryRun, differences);
                if (dryRun) {
                    status.setRollbackOnly();
                }
                return compared;
            });
            if (report == null) {
                throw new IllegalStateException("Expected a report of the rebuild");
            }
            return report;
        }

        private JobRebuildReport compareAndReplace(boolean dryRun, Consumer<String> differences) {
            List<String> examples = new ArrayList<>();
            JobRebuildReport.RowCounts rows = tables.compare(coveredFrom, difference -> {
                differences.accept(difference);
                if (examples.size() < MAX_EXAMPLES) {
                    examples.add(difference);
                }
            });
            JobCountsCheck counts = new JobCountsCheck(JdbcClient.create(session));
            List<String> countDifferences = counts.run(MAX_COUNT_DIFFERENCES);
            if (!dryRun) {
                listener.stage("put in place");
                tables.replace();
                counts.correct();
            }
            return new JobRebuildReport(coveredFrom, !dryRun, records, invalid, rows, countDifferences, examples);
        }

        private void read(Map<Integer, Long> to) {
            if (remainingRecords(to) == 0) {
                return;
            }
            reader.seek(position, to);
            long before = records;
            ConsumerBatch batch = reader.nextBatch();
            while (!batch.isEmpty()) {
                apply(batch);
                listener.progress("%,d of %,d records"
                        .formatted(records - before, reader.progress().total()));
                batch = reader.nextBatch();
            }
            position.putAll(to);
        }

        private void apply(ConsumerBatch batch) {
            ConsumerBatch usable = batch.withoutPlaceholders();
            DeadLetterBuffer invalidRecords = new DeadLetterBuffer();
            JobBatch merged = handler.reduce(usable, invalidRecords);
            transaction.executeWithoutResult(status -> handler.write(merged));
            records += batch.receivedCount();
            invalid += invalidRecords.all().size() + batch.receivedCount() - usable.size();
        }

        /** Up to what the running consumers have applied: a rebuild that knew more would differ. */
        private Map<Integer, Long> appliedOffsets() {
            Map<Integer, Long> ends = reader.endOffsets();
            Map<Integer, Long> applied = new HashMap<>();
            jdbc.query(
                    SELECT_APPLIED,
                    row -> {
                        requireSameTopic(row.getObject("topic_id", UUID.class));
                        applied.put(row.getInt("partition"), row.getLong("next_offset"));
                    },
                    group,
                    topicName);
            applied.forEach((partition, next) -> {
                if (next > ends.getOrDefault(partition, 0L)) {
                    throw new JobRebuildRefusedException("Partition " + partition + " was applied up to offset " + next
                            + ", but ends at " + ends.getOrDefault(partition, 0L)
                            + ": this is not the topic that was applied. Nothing was changed");
                }
            });
            return applied;
        }

        /** Of a topic that was recreated, a rebuild would know only the newest jobs, and delete all others. */
        private void requireSameTopic(@Nullable UUID applied) {
            if (applied != null && topicId.isPresent() && !topicId.get().equals(applied)) {
                throw new JobRebuildRefusedException("The jobs were merged from the topic with id "
                        + TopicMetadataReader.format(applied) + ", but " + topicName + " has the id "
                        + TopicMetadataReader.format(topicId.get())
                        + ": it was recreated, so their events are gone. Nothing was changed");
            }
        }

        private long remainingRecords(Map<Integer, Long> to) {
            return to.entrySet().stream()
                    .mapToLong(end -> Math.max(0, end.getValue() - position.getOrDefault(end.getKey(), 0L)))
                    .sum();
        }

        /** The time from which on the topic has every record; null if it has all. */
        private @Nullable Instant firstCoveredTime() {
            @Nullable Instant covered = null;
            Map<Integer, Long> ends = reader.endOffsets();
            for (Map.Entry<Integer, Long> beginning : position.entrySet()) {
                if (beginning.getValue() > 0) {
                    int partition = beginning.getKey();
                    reader.seek(Map.ofEntries(beginning), Map.of(partition, ends.getOrDefault(partition, 0L)));
                    Instant oldest = reader.next() ? Instant.ofEpochMilli(reader.timestamp()) : Instant.MAX;
                    covered = covered == null || oldest.isAfter(covered) ? oldest : covered;
                }
            }
            if (Instant.MAX.equals(covered)) {
                throw new JobRebuildRefusedException("A partition of " + topicName
                        + " has lost all its records, so no job can be rebuilt. Nothing was changed");
            }
            return covered == null ? null : covered.plus(CLOCK_TOLERANCE);
        }
    }
}
