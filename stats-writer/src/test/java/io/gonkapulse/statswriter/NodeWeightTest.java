package io.gonkapulse.statswriter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.TestMessages;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RealInfrastructure
class NodeWeightTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final StatsTablesFixture tables;

    NodeWeightTest(TestDatabase database) {
        tables = new StatsTablesFixture(database, SteppedClock.at(NOON));
    }

    @BeforeAll
    static void createSchema(TestDatabase database) {
        StatsWriterFixture.createSchema(database);
    }

    @BeforeEach
    void clear() {
        tables.clear();
    }

    @Test
    void keepsLargestWeightAcrossBatches() {
        tables.apply(List.of(weight(NOON, 7, 5L), weight(NOON.plusSeconds(30), 8, 2L)));
        tables.apply(List.of(weight(NOON.plusSeconds(60), 7, 9L), weight(NOON.plusSeconds(90), 8, 1L)));
        tables.apply(List.of(weight(NOON.plusSeconds(120), 7, 6L), weight(NOON.plusSeconds(86_400), 8, null)));

        assertThat(rows()).containsExactly("2026-03-02 7 9", "2026-03-02 8 2");
    }

    @Test
    void readsRecordsOfOtherLayout() {
        byte[] json = new SnapshotCodec().encode(weight(NOON, 7, 5L));

        tables.apply(KafkaTopic.SNAPSHOTS, List.of((' ' + new String(json, UTF_8)).getBytes(UTF_8)));

        assertThat(rows()).containsExactly("2026-03-02 7 5");
    }

    /** A locked row has been written, too. */
    @Test
    void knownWeightLocksNothing() {
        tables.apply(List.of(weight(NOON, 7, 5L)));

        tables.apply(List.of(weight(NOON.plusSeconds(60), 7, 5L), weight(NOON.plusSeconds(90), 7, 4L)));

        assertThat(tables.jdbc.queryForList("select xmax::text from node_daily", String.class))
                .containsExactly("0");
    }

    private static LiveSnapshot weight(Instant at, long epoch, @Nullable Long weight) {
        return TestMessages.live().epoch(epoch).at(at).weight(weight).build();
    }

    private List<String> rows() {
        return tables.jdbc.queryForList(
                "select day || ' ' || epoch || ' ' || weight from node_daily order by 1", String.class);
    }
}
