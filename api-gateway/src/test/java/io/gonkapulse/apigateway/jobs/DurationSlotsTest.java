package io.gonkapulse.apigateway.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationSlotsTest {

    private static final Percentage WITHIN = Percentage.withPercentage(5);

    @Test
    void everyDurationIsWithinFivePercent() {
        LongStream durations = LongStream.concat(
                LongStream.rangeClosed(1, 50_000), new Random(7).longs(10_000, 50_000, 3_000_000_000_000L));

        durations.forEach(millis -> {
            DurationSlots slots = new DurationSlots();
            slots.add(slotOf(millis), 1);
            assertThat(median(slots)).isCloseTo((double) millis, WITHIN);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 95, 99})
    void percentilesAreWithinFivePercent(int percent) {
        long[] durations = new Random(11)
                .doubles(5_000)
                .mapToLong(random -> (long) Math.exp(random * 16))
                .sorted()
                .toArray();
        DurationSlots slots = new DurationSlots();
        LongStream.of(durations).forEach(millis -> slots.add(slotOf(millis), 1));

        double exact = durations[(durations.length * percent + 99) / 100 - 1];

        assertThat(Objects.requireNonNull(slots.percentile(percent)).doubleValue())
                .isCloseTo(exact, WITHIN);
    }

    @Test
    void smallDurationsAreExact() {
        for (long millis = 0; millis <= 10; millis++) {
            DurationSlots slots = new DurationSlots();
            slots.add(slotOf(millis), 3);
            assertThat(slots.percentile(95)).hasToString(String.valueOf(millis));
        }
    }

    @Test
    void nothingHasNoPercentile() {
        assertThat(new DurationSlots().percentile(50)).isNull();
    }

    /** As function duration_slot of the schema. */
    private static int slotOf(long millis) {
        return millis == 0 ? 0 : 1 + (int) Math.ceil(Math.log((double) millis) / Math.log(1.1));
    }

    private static double median(DurationSlots slots) {
        return Objects.requireNonNull(slots.percentile(50)).doubleValue();
    }
}
