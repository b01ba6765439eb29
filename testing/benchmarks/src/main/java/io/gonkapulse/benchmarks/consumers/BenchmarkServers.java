package io.gonkapulse.benchmarks.consumers;

import io.gonkapulse.benchmarks.harness.BrokerMain;
import io.gonkapulse.benchmarks.harness.ForkedProcess;
import io.gonkapulse.localservers.DisposableDirectory;
import io.gonkapulse.localservers.LocalDatabase;
import io.gonkapulse.migrations.MigrationRunner;
import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.postgresql.ds.PGSimpleDataSource;

/** A broker in its own JVM and a durable database with the schema. */
final class BenchmarkServers implements AutoCloseable {

    private static final String DATABASE = "benchmark";
    private static final long CHECK_INTERVAL_NANOS = Duration.ofMillis(5).toNanos();
    private final DisposableDirectory home =
            DisposableDirectory.createIn(Path.of(System.getProperty("java.io.tmpdir")), "benchmark");
    private final ForkedProcess broker;
    private final LocalDatabase database = LocalDatabase.durable(home.path().resolve("postgres"), 0)
            // A small production server; with the 64 MB of tests the measured tables do not fit.
            .withSettings("shared_buffers=512MB");
    private final String servers;

    private BenchmarkServers(String brokerHeap, String... brokerArguments) {
        String[] arguments = Stream.concat(
                        Stream.of(home.path().resolve("kafka").toString()), Stream.of(brokerArguments))
                .toArray(String[]::new);
        // The broker starts while the database does.
        broker = ForkedProcess.start(List.of(brokerHeap), BrokerMain.class, arguments);
        database.start();
        database.createDatabaseIfMissing(DATABASE);
        DatabaseSettings settings =
                DatabaseSettings.of(database.host(), database.port(), DATABASE, LocalDatabase.USERNAME, null);
        for (MigrationModule module : List.of(MigrationModule.TRACKER, MigrationModule.AUDIT)) {
            MigrationRunner.migrate(settings, module, line -> {});
        }
        servers = broker.nextReport();
    }

    /** A broker without topics. Its heap is large: it must not be the limit. */
    static BenchmarkServers withoutTopics() {
        return new BenchmarkServers("-Xmx1g");
    }

    /** A broker with the topics of the system. */
    static BenchmarkServers withTopics() {
        return new BenchmarkServers("-Xmx512m", BrokerMain.WITH_TOPICS);
    }

    /**
     * Returns once so many members of a consumer group have partitions of the topic. Forming a group takes seconds
     * that must not count as throughput.
     */
    static void awaitMembers(String bootstrapServers, String group, String topic, int members) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            while (countAssignedMembers(admin, group, topic) < members) {
                LockSupport.parkNanos(CHECK_INTERVAL_NANOS);
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("Could not describe the group " + group, e);
        }
    }

    /** A group that does not exist yet has no members. */
    private static long countAssignedMembers(Admin admin, String name, String topic)
            throws ExecutionException, InterruptedException {
        try {
            return admin.describeConsumerGroups(List.of(name)).all().get().values().stream()
                    .flatMap(group -> group.members().stream())
                    .filter(member -> member.assignment().topicPartitions().stream()
                            .anyMatch(partition -> partition.topic().equals(topic)))
                    .count();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw e;
        }
    }

    String bootstrapServers() {
        return servers;
    }

    String jdbcUrl() {
        return database.jdbcUrl(DATABASE);
    }

    PGSimpleDataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl());
        source.setUser(LocalDatabase.USERNAME);
        return source;
    }

    /** Returns a directory that {@link #close()} deletes. */
    Path directory(String name) {
        return home.path().resolve(name);
    }

    @Override
    public void close() {
        broker.close();
        database.close();
        home.close();
    }
}
