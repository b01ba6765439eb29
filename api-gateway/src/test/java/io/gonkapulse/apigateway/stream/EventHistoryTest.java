package io.gonkapulse.apigateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.http.AgedBodyTemplate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventHistoryTest {

    private static final int MAX_EVENTS = 10_000;

    private final EventHistory history = new EventHistory(1);

    @Test
    void numbersEvents() {
        assertThat(add(0, 10).id()).isEqualTo("1-1");
        assertThat(add(0, 10).id()).isEqualTo("1-2");
        assertThat(history.newest()).isEqualTo(2);
    }

    @Test
    void findsLaterEvents() {
        add(0, 10);
        StreamEvent second = add(0, 10);

        assertThat(history.findAfter(1, event -> true, 0)).hasValue(List.of(second));
        assertThat(history.findAfter(2, event -> true, 0)).hasValue(List.of());
        assertThat(history.findAfter(0, event -> false, 0)).hasValue(List.of());
    }

    @Test
    void markIsBetweenEvents() {
        add(0, 10);
        long mark = history.mark();
        StreamEvent later = add(0, 10);

        assertThat(mark).isEqualTo(2);
        assertThat(later.id()).isEqualTo("1-3");
        assertThat(history.findAfter(mark, event -> true, 0)).hasValue(List.of(later));
    }

    @Test
    void markHidesNoEvent() {
        add(0, 10);
        history.mark();

        assertThat(history.findAfter(1, event -> true, 0)).hasValue(List.of());
        assertThat(history.findAfter(1, event -> true, TimeUnit.MINUTES.toNanos(6)))
                .hasValue(List.of());
    }

    @Test
    void forgetsOldEvents() {
        add(0, 10);
        long later = TimeUnit.MINUTES.toNanos(5) + 1;
        add(later, 10);

        assertThat(history.findAfter(0, event -> true, later)).isEmpty();
        assertThat(history.findAfter(1, event -> true, later)).isPresent();
    }

    @Test
    void keepsLimitedNumber() {
        LongStream.rangeClosed(0, MAX_EVENTS).forEach(i -> add(0, 1));

        assertThat(history.findAfter(0, event -> true, 0)).isEmpty();
        assertThat(history.findAfter(1, event -> true, 0)).isPresent();
    }

    @Test
    void keepsLimitedSize() {
        add(0, 5 << 20);
        add(0, 5 << 20);

        assertThat(history.findAfter(0, event -> true, 0)).isEmpty();
        assertThat(history.findAfter(1, event -> true, 0)).isPresent();
    }

    @Test
    void acceptsOwnIdsOnly() {
        add(0, 1);

        assertThat(history.parse("1-1")).hasValue(1L);
        assertThat(history.parse("1-0")).hasValue(0L);
        assertThat(history.parse("1-2")).isEmpty();
        assertThat(history.parse("2-1")).isEmpty();
        assertThat(history.parse("1-")).isEmpty();
        assertThat(history.parse("")).isEmpty();
    }

    private StreamEvent add(long nanos, int bytes) {
        return history.add(
                new StreamEvent(null, "node", "gonka1a", new AgedBodyTemplate(new byte[bytes], List.of())), nanos);
    }
}
