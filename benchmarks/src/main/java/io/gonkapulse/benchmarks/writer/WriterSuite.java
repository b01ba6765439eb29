package io.gonkapulse.benchmarks.writer;

import io.gonkapulse.benchmarks.results.Effort;
import io.gonkapulse.benchmarks.results.ResultRow;
import io.gonkapulse.benchmarks.results.Rounds;
import io.gonkapulse.migrations.Migrations;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import io.gonkapulse.testkit.local.DisposableHome;
import io.gonkapulse.testkit.local.LocalBroker;
import io.gonkapulse.testkit.local.LocalDatabase;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Draining a backlog of snapshots with two consumers, beside two consumers that only read, and only parse. */
public final class WriterSuite {

    private static final int FULL = 2_000_000;
    private static final int QUICK = 200_000;
    private static final String DATABASE = "benchmark";

    private final InstantSource clock;

    public WriterSuite(InstantSource clock) {
        this.clock = clock;
    }

    public List<ResultRow> run(Effort effort) {
        int records = effort == Effort.QUICK ? QUICK : FULL;
        try (DisposableHome home = DisposableHome.in(Path.of(System.getProperty("java.io.tmpdir")), "benchmark");
                LocalBroker broker = new LocalBroker(home.path().resolve("kafka"), 0).start();
                LocalDatabase database = LocalDatabase.durable(home.path().resolve("postgres"), 0)
                        .start()) {
            database.createDatabaseUnlessThere(DATABASE);
            Migrations.migrate(
                    DatabaseSettings.of(database.host(), database.port(), DATABASE, LocalDatabase.USERNAME, null),
                    line -> {});
            new Backlog(broker.bootstrapServers(), records).make(clock);
            return measure(effort, records, broker.bootstrapServers(), database.jdbcUrl(DATABASE));
        }
    }

    private static List<ResultRow> measure(Effort effort, int records, String bootstrapServers, String jdbcUrl) {
        ParseOnly reading = new ParseOnly(bootstrapServers, false);
        ParseOnly parsing = new ParseOnly(bootstrapServers, true);
        Drain drain = new Drain(
                bootstrapServers,
                jdbcUrl,
                new JdbcTemplate(new DriverManagerDataSource(jdbcUrl, LocalDatabase.USERNAME, "")));
        ResultRow read = row("backlog: two consumers that only read (limit)", effort, () -> reading.run(records));
        ResultRow parsed = row("backlog: two consumers that only parse (limit)", effort, () -> parsing.run(records));
        ResultRow drained = row("backlog: stats-writer, two consumers", effort, () -> {
            drain.forget();
            return drain.run(records);
        });
        return List.of(read, parsed, drained.comparedWith(parsed), drained.comparedWith(read));
    }

    private static ResultRow row(String name, Effort effort, DoubleSupplier round) {
        List<Double> rates = IntStream.range(0, effort.warmups() + effort.rounds())
                .mapToObj(number -> round.getAsDouble())
                .toList();
        return ResultRow.of(name, new Rounds(rates.subList(effort.warmups(), rates.size())));
    }
}
