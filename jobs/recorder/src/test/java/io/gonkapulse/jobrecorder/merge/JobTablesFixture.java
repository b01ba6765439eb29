package io.gonkapulse.jobrecorder.merge;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.migrations.MigrationRunner;
import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import io.gonkapulse.testkit.junit.PooledDataSource;
import io.gonkapulse.testkit.junit.SchemaSetup;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.workload.SimulatedRecord;
import io.gonkapulse.workercore.consumer.ConsumerBatch;
import io.gonkapulse.workercore.consumer.DeadLetterBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** The tables of the service without a broker: tests apply records in batches. */
public final class JobTablesFixture implements AutoCloseable {

    public static final Duration DEFAULT_LEASE = Duration.ofHours(24);

    public static final String ROLE = "gonkapulse_job_recorder";

    private static final List<String> TABLES = List.of("jobs", "job_stages", "job_counts", "job_durations");

    public final JdbcTemplate jdbc;
    public final JdbcTemplate owner;

    /** Sessions of the service. */
    final DataSource source;

    private final SingleConnectionDataSource connection;
    private final TransactionTemplate transaction;
    private final JobBatchHandler handler;

    public JobTablesFixture(TestDatabase database) {
        createSchema(database);
        owner = new JdbcTemplate(database.dataSource());
        String url = database.jdbcUrl() + "?currentSchema=audit";
        String login = database.withRole(ROLE).username();
        source = new PooledDataSource(url, login, database.password());
        connection = new SingleConnectionDataSource(url, login, database.password(), true);
        jdbc = new JdbcTemplate(connection);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(connection));
        handler = new JobBatchHandler(new JobBatchWriter(jdbc, JobTables.LIVE), DEFAULT_LEASE);
    }

    public static void createSchema(TestDatabase database) {
        SchemaSetup.create(
                database,
                empty -> MigrationRunner.migrate(
                        DatabaseSettings.of(
                                empty.host(), empty.port(), empty.name(), empty.username(), empty.password()),
                        MigrationModule.AUDIT,
                        line -> {}));
    }

    /** Adds the days around a time. */
    public void addDays(Instant around) {
        jdbc.query("select roll_partitions(?, '90 days')", row -> {}, around.atOffset(ZoneOffset.UTC));
    }

    /** After a restart of the database. */
    public void reconnect() {
        connection.resetConnection();
    }

    /** Returns how many records became the stored state; none may be invalid. */
    public long apply(List<SimulatedRecord> records) {
        DeadLetterBuffer invalid = new DeadLetterBuffer();
        var batch = handler.reduce(batch(records), invalid);
        if (!invalid.all().isEmpty()) {
            throw new IllegalArgumentException("Expected valid records, got " + invalid.all());
        }
        Long stored = transaction.execute(status -> handler.write(batch));
        return stored == null ? 0 : stored;
    }

    /** As a rebuild does. */
    void applyInOneTransaction(List<List<SimulatedRecord>> batches) {
        transaction.executeWithoutResult(status -> batches.forEach(this::apply));
    }

    static ConsumerBatch batch(List<SimulatedRecord> records) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        for (SimulatedRecord one : records) {
            all.add(new ConsumerRecord<>(
                    KafkaTopic.JOB_EVENTS.name(),
                    one.partition(),
                    all.size(),
                    one.recordMillis(),
                    TimestampType.LOG_APPEND_TIME,
                    ConsumerRecord.NULL_SIZE,
                    one.value().length,
                    null,
                    one.value(),
                    new RecordHeaders(),
                    Optional.empty()));
        }
        return new ConsumerBatch(all);
    }

    public void clear() {
        owner.execute("truncate audit.jobs, audit.job_stages, audit.job_counts, audit.job_durations, "
                + "audit.job_partitions, audit.consumer_offsets");
        owner.execute("update audit.job_retention set dropped_before = '-infinity'");
    }

    /** All rows of all four tables, as text. */
    public List<List<String>> contents() {
        return TABLES.stream()
                .map(table -> jdbc.queryForList("select t::text from " + table + " t order by 1", String.class))
                .toList();
    }

    @Override
    public void close() {
        connection.destroy();
    }
}
