package io.gonkapulse.apigateway.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gonkapulse.apigateway.settings.GatewayProperties;
import io.gonkapulse.servicekit.meters.Meter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers that depend on the data alone, each written once. One is sent again for a moment, and for as long as the database is
 * known not to have changed since, but never beyond the time at which something in it turns stale or the day ends. Far more
 * tags are kept than bodies: who has an answer already needs only the tag.
 */
@Component
public class WrittenAnswers {

    private static final int MOST_TAGS = 50_000;
    private static final int MOST_BYTES = 24 << 20;
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

    private final Cache<Question<?>, Kept> answers;
    private final Cache<Kept, AgedJson> bodies;
    private final Underway<Loaded> underway = new Underway<>();
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
                .maximumSize(MOST_TAGS)
                .expireAfterAccess(FORGOTTEN_AFTER)
                .build();
        this.bodies = Caffeine.newBuilder()
                .maximumWeight(MOST_BYTES)
                .weigher((Kept kept, AgedJson json) -> json.size())
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

    /** A failure is told to those who wait for it; the next one who asks tries again. */
    public <T> ResponseEntity<byte[]> to(Question<T> question, Writing<T> writing, HttpServletRequest request) {
        String had = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        Kept found = answers.getIfPresent(question);
        if (found != null && valid(found)) {
            if (found.tag.equals(had)) {
                fromMemory.increment();
                return freshness.unchanged(found.tag, found.until);
            }
            AgedJson body = bodies.getIfPresent(found);
            if (body != null) {
                fromMemory.increment();
                return freshness.whole(found.tag, found.until, body);
            }
        }
        Loaded loaded = load(question, writing);
        return loaded.kept.tag.equals(had)
                ? freshness.unchanged(loaded.kept.tag, loaded.kept.until)
                : freshness.whole(loaded.kept.tag, loaded.kept.until, loaded.body);
    }

    /** Of those who ask the same at once, the first one loads. */
    private <T> Loaded load(Question<T> question, Writing<T> writing) {
        Loaded[] mine = new Loaded[1];
        Loaded loaded =
                underway.answer(question, () -> mine[0] = kept(question, load(writing)), other -> valid(other.kept));
        if (mine[0] == null) {
            fromMemory.increment();
        }
        return loaded;
    }

    private Loaded kept(Question<?> question, Loaded loaded) {
        bodies.put(loaded.kept, loaded.body);
        answers.put(question, loaded.kept);
        return loaded;
    }

    private boolean valid(Kept kept) {
        if (!freshness.now().isBefore(kept.until)) {
            return false;
        }
        return System.nanoTime() - kept.loadedAt < sharedNanos
                || (kept.version != null && kept.version.equals(version.current()));
    }

    /**
     * The version and the time are of before: what changes while the answer is made changes the version, and what turns stale
     * meanwhile may have been told either way.
     */
    private <T> Loaded load(Writing<T> writing) {
        fromDatabase.increment();
        String before = version.current();
        Instant begunAt = freshness.now();
        long loadedAt = System.nanoTime();
        T value = writing.load().get();
        AgedJson json = new AgedJson(
                mapper.writeValueAsBytes(writing.body().apply(value)),
                writing.times().apply(value).toList());
        return new Loaded(
                new Kept(
                        Freshness.tag(Tags.of(json.withoutAges()), "json"),
                        before,
                        loadedAt,
                        freshness.unchangedUntil(json.times().stream(), begunAt)),
                json);
    }

    private record Loaded(Kept kept, AgedJson body) {}

    /** One answer of one moment, equal to itself alone. */
    private static final class Kept {

        private final String tag;
        private final @Nullable String version;
        private final long loadedAt;
        private final Instant until;

        private Kept(String tag, @Nullable String version, long loadedAt, Instant until) {
            this.tag = tag;
            this.version = version;
            this.loadedAt = loadedAt;
            this.until = until;
        }
    }
}
