package io.gonkapulse.earningsaggregator.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.contracts.EarningsFact;
import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.earningsaggregator.fixtures.EarningsScenario;
import io.gonkapulse.testkit.messages.TestMessages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerBatchTest {

    private final SnapshotCodec codec = new SnapshotCodec();
    private final FactReader reader = new FactReader();

    @Test
    void ignoresOrderAndDuplicates() {
        List<Snapshot> snapshots = new ArrayList<>(EarningsScenario.of(4, 6, 10).snapshots());
        LedgerBatch first = batch(snapshots);
        for (int seed = 0; seed < 20; seed++) {
            List<Snapshot> other = new ArrayList<>(snapshots);
            other.addAll(snapshots.subList(0, snapshots.size() / 2));
            Collections.shuffle(other, new Random(seed));
            LedgerBatch again = batch(other);
            assertThat(again.live()).isEqualTo(first.live());
            assertThat(again.settled()).isEqualTo(first.settled());
        }
    }

    @Test
    void topicReducerGivesSameBatch() {
        List<Snapshot> snapshots = new ArrayList<>(EarningsScenario.of(4, 6, 10).snapshots());
        LedgerBatch one = batch(snapshots);
        for (int seed = 0; seed < 20; seed++) {
            if (seed > 0) {
                Collections.shuffle(snapshots, new Random(seed));
            }
            TopicReducer reducer = new TopicReducer(reader);
            snapshots.forEach(snapshot -> reducer.add(codec.encode(snapshot), Long.MAX_VALUE));
            LedgerBatch reduced = reducer.drain();
            assertThat(reduced.live()).isEqualTo(one.live());
            assertThat(reduced.settled()).isEqualTo(one.settled());
            assertThat(reduced.nodes()).isEqualTo(one.nodes());
            assertThat(reducer.size()).isZero();
        }
    }

    @Test
    void namesFirstReporterOfMaximum() {
        var early = TestMessages.live().tracker("b").earned(10).inferences(1).at(Instant.parse("2026-03-01T10:00:00Z"));
        var late = TestMessages.live().tracker("a").earned(10).inferences(7).at(Instant.parse("2026-03-01T11:00:00Z"));
        LiveMaximum merged = batch(List.of(late.build(), early.build()))
                .live()
                .values()
                .iterator()
                .next();

        assertThat(merged.source().value()).isEqualTo("b");
        assertThat(merged.observedAt()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(merged.counters().inferences()).isEqualTo(7);
    }

    @Test
    void truncatesTimesToMicroseconds() {
        Instant endOfDay = Instant.parse("2026-03-01T23:59:59.999999999Z");

        EarningsFact fact = read(TestMessages.live().at(endOfDay).build());

        assertThat(fact.observedAt()).isEqualTo("2026-03-01T23:59:59.999999Z");
    }

    @ParameterizedTest
    @CsvSource({
        "\"epoch\":77, \"epoch\":10000001",
        "\"inferences\":7, \"inferences\":100000000001",
        "\"earned\":\"777\", \"earned\":\"1000000000000000001\"",
        "2026-03-01T12:00:00Z, 1969-12-31T00:00:00Z",
        "2026-03-01T12:00:00Z, 2026-03-01T12:05:01Z",
    })
    void rejectsOutOfBoundsRecords(String good, String bad) {
        Instant time = Instant.parse("2026-03-01T12:00:00Z");
        String json = new String(
                codec.encode(TestMessages.live()
                        .epoch(77)
                        .at(time)
                        .earned(Ngonka.of(777))
                        .inferences(7)
                        .build()),
                UTF_8);
        byte[] admissible = json.getBytes(UTF_8);
        byte[] refused = json.replace(good, bad).getBytes(UTF_8);
        TopicReducer reducer = new TopicReducer(reader);

        assertThat(refused).isNotEqualTo(admissible);
        assertThat(reader.read(admissible, time.toEpochMilli()).epoch()).isEqualTo(77);
        assertThatThrownBy(() -> reader.read(refused, time.toEpochMilli()))
                .isInstanceOf(UndecodableMessageException.class);
        assertThatThrownBy(() -> reducer.add(refused, time.toEpochMilli()))
                .isInstanceOf(UndecodableMessageException.class);
        assertThat(reducer.size()).isZero();
    }

    @Test
    void rejectsEmptyRecord() {
        assertThatThrownBy(() -> reader.read(new byte[0], 0)).isInstanceOf(UndecodableMessageException.class);
    }

    private EarningsFact read(Snapshot snapshot) {
        return reader.read(codec.encode(snapshot), Long.MAX_VALUE);
    }

    private LedgerBatch batch(List<? extends Snapshot> snapshots) {
        LedgerBatch batch = new LedgerBatch();
        snapshots.forEach(snapshot -> batch.add(read(snapshot)));
        return batch;
    }
}
