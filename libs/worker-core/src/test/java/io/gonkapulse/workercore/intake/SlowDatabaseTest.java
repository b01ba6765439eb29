package io.gonkapulse.workercore.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the database does not do within the time that the driver waits, it does not do on the next try either. */
@RealInfrastructure
class SlowDatabaseTest {

    private static final int RECORDS = 200;
    private static final int MOST_TRIES = 10;

    private final Workbench bench;
    private final DataSource impatient;
    private final List<Integer> asked = new ArrayList<>();

    SlowDatabaseTest(TestBroker broker, TestDatabase database) {
        this.bench = new Workbench(broker, database, 1);
        this.impatient = DataSourceBuilder.create()
                .url(database.jdbcUrl() + (database.jdbcUrl().contains("?") ? "&" : "?") + "socketTimeout=2")
                .username(database.username())
                .password(database.password())
                .build();
    }

    @BeforeAll
    static void tables(TestDatabase database) {
        Workbench.createTables(database);
    }

    @BeforeEach
    void empty() {
        bench.jdbc.execute("truncate note");
    }

    @AfterEach
    void stop() throws Exception {
        if (impatient instanceof AutoCloseable closeable) {
            closeable.close();
        }
        bench.close();
    }

    @Test
    void aBatchThatTakesTooLongIsTriedAgainWithFewerRecords() {
        BatchIntake<List<Integer>> intake = bench.bare(new Slow(50), impatient);

        int tries = 1;
        while (tries < MOST_TRIES && fails(intake, RECORDS)) {
            tries++;
        }

        assertThat(asked).startsWith(200, 100, 50);
        assertThat(bench.counters()).containsExactly(200L, 200L, 0L, 0L);
        assertThat(bench.kept()).containsExactly(200L, 200L, 0L, 0L);
        assertThat(bench.notes()).hasSize(RECORDS);
    }

    @Test
    void aRecordThatTakesTooLongByItselfIsNotSetAside() {
        BatchIntake<List<Integer>> intake = bench.bare(new Slow(0), impatient);

        assertThat(fails(intake, 2)).isTrue();
        assertThat(fails(intake, 2)).isTrue();
        assertThatThrownBy(() -> take(intake, 2)).isInstanceOf(RuntimeException.class);

        assertThat(asked).containsExactly(2, 1, 1);
        assertThat(bench.counters()).containsExactly(0L, 0L, 0L, 0L);
        assertThat(bench.deadLetters()).isEmpty();
    }

    private boolean fails(BatchIntake<?> intake, int records) {
        try {
            take(intake, records);
            return false;
        } catch (RuntimeException e) {
            return true;
        }
    }

    private void take(BatchIntake<?> intake, int records) {
        intake.take(
                new Batch(IntStream.range(0, records)
                        .mapToObj(offset -> new ConsumerRecord<>(
                                bench.topic.name(), 0, offset, (byte[]) null, ("n" + offset).getBytes(UTF_8)))
                        .toList()),
                new BatchIntake.Reader() {
                    @Override
                    public void seek(int partition, long offset) {
                        // It begins where the database says.
                    }

                    @Override
                    public long end(int partition) {
                        return records;
                    }
                });
    }

    /** Notes, in a database that takes a minute for more than so many. */
    private final class Slow implements BatchHandler<List<Integer>> {

        private static final String WAIT = """
                select pg_sleep(60)
                """;

        private final Notes notes = new Notes(new JdbcTemplate(impatient));
        private final int most;

        Slow(int most) {
            this.most = most;
        }

        @Override
        public List<Integer> reduce(Batch batch, Rejections rejections) {
            return notes.reduce(batch, rejections);
        }

        @Override
        public long write(List<Integer> numbers) {
            asked.add(numbers.size());
            if (numbers.size() > most) {
                new JdbcTemplate(impatient).execute(WAIT);
            }
            return notes.write(numbers);
        }
    }
}
