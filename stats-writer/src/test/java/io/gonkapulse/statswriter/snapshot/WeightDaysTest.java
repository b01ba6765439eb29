package io.gonkapulse.statswriter.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.statswriter.snapshot.WeightDays.WeightDay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightDaysTest {

    private record WeightReport(Instant observedAt, long epoch, long weight) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void orderAndRepetitionHaveNoEffect(long seed) {
        Random random = new Random(seed);
        List<WeightReport> reports = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            reports.add(new WeightReport(
                    Instant.ofEpochSecond(random.nextLong(-200_000, 200_000)),
                    random.nextInt(3),
                    random.nextLong(-1, 50)));
        }
        List<WeightReport> shuffled = new ArrayList<>(reports);
        shuffled.addAll(reports.subList(0, random.nextInt(reports.size())));
        Collections.shuffle(shuffled, random);

        assertThat(merged(shuffled)).isEqualTo(merged(reports)).isEqualTo(expected(reports));
    }

    @Test
    void dayBeginsAtMidnightUtc() {
        Instant midnight = Instant.parse("2026-03-02T00:00:00Z");

        assertThat(merged(
                        List.of(new WeightReport(midnight.minusNanos(1_000), 7, 5), new WeightReport(midnight, 7, 3))))
                .containsOnly(
                        Map.entry(new WeightDay(LocalDate.parse("2026-03-01").toEpochDay(), 7), 5L),
                        Map.entry(new WeightDay(LocalDate.parse("2026-03-02").toEpochDay(), 7), 3L));
    }

    @Test
    void zeroIsWeight() {
        Instant day = Instant.parse("2026-03-02T10:00:00Z");

        assertThat(merged(List.of(new WeightReport(day, 7, -1)))).isEmpty();
        assertThat(merged(List.of(new WeightReport(day, 7, 0)))).containsValue(0L);
    }

    private static Map<WeightDay, Long> merged(List<WeightReport> reports) {
        WeightDays days = new WeightDays();
        reports.forEach(
                report -> days.add(SnapshotVersion.toMicros(report.observedAt()), report.epoch(), report.weight()));
        Map<WeightDay, Long> weights = new TreeMap<>();
        days.byDay().forEach((day, max) -> weights.put(day, max.weight));
        return weights;
    }

    private static Map<WeightDay, Long> expected(List<WeightReport> reports) {
        Map<WeightDay, Long> weights = new TreeMap<>();
        for (WeightReport report : reports) {
            if (report.weight() >= 0) {
                long day = Math.floorDiv(report.observedAt().getEpochSecond(), 86_400);
                weights.merge(new WeightDay(day, report.epoch()), report.weight(), Math::max);
            }
        }
        return weights;
    }
}
