package io.gonkapulse.workercore.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** How it goes on once the surroundings are well again is seen where something is replayed. */
class ApplicationTest {

    private static final IntakeSettings SETTINGS = new IntakeSettings(
            1, 10, DataSize.ofMegabytes(1), DataSize.ofMegabytes(32), Duration.ofMillis(10), Duration.ofMillis(20));

    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void surroundingsThatGoOnFailingAreWaitedForSixOfTheLongestPauses() {
        ConcurrencyFailureException failure = new ConcurrencyFailureException("again");

        assertThatThrownBy(() -> failingWith(failure).apply(two())).isSameAs(failure);

        // Pauses of 10, 20, 20, 20, 20, 20 and 20 ms reach the 120.
        assertThat(tries).hasValue(8);
    }

    @Test
    void aRecordThatIsToBlameIsNotTriedAgain() {
        assertThat(failingWith(new IllegalStateException("Expected another")).apply(two()))
                .isEqualTo(new Application.Outcome(0, 2));

        assertThat(tries).as("the whole, and each half").hasValue(3);
    }

    private Application<Integer> failingWith(RuntimeException failure) {
        return new Application<>(
                new BatchHandler<Integer>() {
                    @Override
                    public Integer reduce(Batch batch, Rejections rejections) {
                        tries.incrementAndGet();
                        throw failure;
                    }

                    @Override
                    public long write(Integer work) {
                        return work;
                    }
                },
                new TransactionTemplate(),
                SETTINGS);
    }

    private static Batch two() {
        return Batch.of("topic", 0, List.of("one".getBytes(UTF_8), "two".getBytes(UTF_8)));
    }
}
