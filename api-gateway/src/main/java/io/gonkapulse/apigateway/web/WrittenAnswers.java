package io.gonkapulse.apigateway.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gonkapulse.apigateway.settings.GatewayProperties;
import io.gonkapulse.servicekit.meters.Meter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers that depend on the data alone, each written once. One is sent again for a moment, and for as long as the database is
 * known not to have changed since, but never beyond the time at which something in it turns stale or the day ends.
 */
@Component
public class WrittenAnswers {

    private static final int MOST_BYTES = 24 << 20;

    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

    private final Cache<Question<?>, Kept> answers;
    private final DataVersion version;
    private final Freshness freshness;
    private final JsonMapper mapper;
    private final long sharedNanos;
    private final Counter fromDatabase;
    private final Counter fromMemory;

    WrittenAnswers(
            GatewayProperties properties,
            DataVersion version,
            Freshness freshness,
            JsonMapper mapper,
            MeterRegistry meters) {
        this.answers = Caffeine.newBuilder()
                .maximumWeight(MOST_BYTES)
                .weigher((Question<?> question, Kept kept) -> kept.answer.json().size())
                .expireAfterAccess(FORGOTTEN_AFTER)
                .build();
        this.version = version;
        this.freshness = freshness;
        this.mapper = mapper;
        this.sharedNanos = properties.shareAnswers().toNanos();
        this.fromDatabase = counter(meters, "database");
        this.fromMemory = counter(meters, "memory");
    }

    private static Counter counter(MeterRegistry meters, String from) {
        return Counter.builder(Meter.ANSWERS.id())
                .description(Meter.ANSWERS.meaning())
                .tag("from", from)
                .register(meters);
    }

    /**
     * A failure is not shared: the next one who asks tries again.
     *
     * @param body what is written, with {@link AgedJson#AGE} for each age
     * @param times when the data were fetched, in the order of their ages
     */
    public <T> AgedAnswer to(
            Question<T> question, Supplier<T> load, Function<T, Object> body, Function<T, Stream<Instant>> times) {
        Kept kept = answers.getIfPresent(question);
        if (kept != null && valid(kept)) {
            fromMemory.increment();
            return kept.answer;
        }
        return Objects.requireNonNull(answers.asMap()
                        .compute(question, (asked, old) -> old != null && valid(old) ? old : loaded(load, body, times)))
                .answer;
    }

    private boolean valid(Kept kept) {
        if (!freshness.now().isBefore(kept.until)) {
            return false;
        }
        return System.nanoTime() - kept.loadedAt < sharedNanos
                || (kept.version != null && kept.version.equals(version.current()));
    }

    /** The version is of before: what changes while the answer is made, changes the version. */
    private <T> Kept loaded(Supplier<T> load, Function<T, Object> body, Function<T, Stream<Instant>> times) {
        fromDatabase.increment();
        String before = version.current();
        long loadedAt = System.nanoTime();
        T value = load.get();
        AgedJson json = new AgedJson(
                mapper.writeValueAsBytes(body.apply(value)), times.apply(value).toList());
        return new Kept(
                new AgedAnswer(json, Tags.of(json.withoutAges())),
                before,
                loadedAt,
                freshness.unchangedUntil(json.times()));
    }

    private record Kept(AgedAnswer answer, @Nullable String version, long loadedAt, Instant until) {}
}
