package io.gonkapulse.apigateway.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.servicekit.metrics.PulseMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Caches serialised responses that depend on the data alone. A response is reused within GATEWAY_CACHE_TTL, and after
 * that while the version of the data is unchanged. It expires when data in it turn stale, or when the day ends.
 *
 * <p>The cache holds far more ETags than bodies, so that most conditional requests need neither the database nor a
 * body.
 */
@Component
public class ResponseCache {

    private static final int MAX_ETAGS = 50_000;
    private static final int MAX_BYTES = 24 << 20;
    private static final Duration IDLE_EXPIRY = Duration.ofMinutes(1);

    private final Cache<CachedQuery<?>, CacheEntry> entries;
    private final Cache<CacheEntry, AgedJsonTemplate> bodies;
    private final InFlightLoads<LoadedResponse> inFlightLoads = new InFlightLoads<>();
    private final DataVersionMonitor dataVersion;
    private final FreshnessPolicy freshness;
    private final JsonMapper mapper;
    private final long ttlNanos;
    private final Counter databaseResponses;
    private final Counter cachedResponses;

    ResponseCache(
            GatewayProperties properties,
            DataVersionMonitor dataVersion,
            FreshnessPolicy freshness,
            JsonMapper mapper,
            MeterRegistry meters) {
        this.entries = Caffeine.newBuilder()
                .maximumSize(MAX_ETAGS)
                .expireAfterAccess(IDLE_EXPIRY)
                .build();
        this.bodies = Caffeine.newBuilder()
                .maximumWeight(MAX_BYTES)
                .weigher((CacheEntry entry, AgedJsonTemplate json) -> json.size())
                .expireAfterAccess(IDLE_EXPIRY)
                .build();
        this.dataVersion = dataVersion;
        this.freshness = freshness;
        this.mapper = mapper;
        this.ttlNanos = properties.cacheTtl().toNanos();
        this.databaseResponses = counter(meters, "database");
        this.cachedResponses = counter(meters, "memory");
    }

    private static Counter counter(MeterRegistry meters, String source) {
        return Counter.builder(PulseMeter.RESPONSES.id())
                .description(PulseMeter.RESPONSES.description())
                .tag("source", source)
                .register(meters);
    }

    /**
     * Returns the cached response, or loads it. A caller that waits for a failed load gets its
     * exception if the load started after its request; otherwise it loads again.
     */
    public <T> ResponseEntity<byte[]> respond(
            CachedQuery<T> query, ResponseSource<T> source, HttpServletRequest request) {
        String requestedEtag = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        CacheEntry cached = entries.getIfPresent(query);
        if (cached != null && isValid(cached)) {
            if (cached.etag.equals(requestedEtag)) {
                cachedResponses.increment();
                return freshness.respondNotModified(cached.etag, cached.validUntil);
            }
            AgedJsonTemplate body = bodies.getIfPresent(cached);
            if (body != null) {
                cachedResponses.increment();
                return freshness.respondOk(cached.etag, cached.validUntil, body);
            }
        }
        LoadedResponse loaded = loadOnce(query, source);
        return loaded.entry.etag.equals(requestedEtag)
                ? freshness.respondNotModified(loaded.entry.etag, loaded.entry.validUntil)
                : freshness.respondOk(loaded.entry.etag, loaded.entry.validUntil, loaded.body);
    }

    /** Loads once for concurrent equal queries. */
    private <T> LoadedResponse loadOnce(CachedQuery<T> query, ResponseSource<T> source) {
        LoadedResponse[] own = new LoadedResponse[1];
        LoadedResponse loaded =
                inFlightLoads.load(query, () -> own[0] = store(query, load(source)), other -> isValid(other.entry));
        if (own[0] == null) {
            cachedResponses.increment();
        }
        return loaded;
    }

    private LoadedResponse store(CachedQuery<?> query, LoadedResponse loaded) {
        bodies.put(loaded.entry, loaded.body);
        entries.put(query, loaded.entry);
        return loaded;
    }

    private boolean isValid(CacheEntry entry) {
        if (!freshness.now().isBefore(entry.validUntil)) {
            return false;
        }
        return System.nanoTime() - entry.loadedNanos < ttlNanos
                || (entry.version != null && entry.version.equals(dataVersion.current()));
    }

    /**
     * Reads version and time before the query: a change during the query changes the version, and a time that turns
     * stale during it may be in the body either way.
     */
    private <T> LoadedResponse load(ResponseSource<T> source) {
        databaseResponses.increment();
        String versionBefore = dataVersion.current();
        Instant startedAt = freshness.now();
        long loadedNanos = System.nanoTime();
        T value = source.load().get();
        AgedJsonTemplate json = new AgedJsonTemplate(
                mapper.writeValueAsBytes(source.body().apply(value)),
                source.times().apply(value).toList());
        return new LoadedResponse(
                new CacheEntry(
                        FreshnessPolicy.formatEtag(EtagGenerator.generate(json.template()), "json"),
                        versionBefore,
                        loadedNanos,
                        freshness.validUntil(json.times().stream(), startedAt)),
                json);
    }

    private record LoadedResponse(CacheEntry entry, AgedJsonTemplate body) {}

    /**
     * The ETag and validity of one response. Compared by identity, so that a newer response never uses an older body.
     */
    private static final class CacheEntry {

        private final String etag;
        private final @Nullable String version;
        private final long loadedNanos;
        private final Instant validUntil;

        private CacheEntry(String etag, @Nullable String version, long loadedNanos, Instant validUntil) {
            this.etag = etag;
            this.version = version;
            this.loadedNanos = loadedNanos;
            this.validUntil = validUntil;
        }
    }

    /**
     * How to create a response.
     *
     * @param load runs the query
     * @param body creates the JSON object, with {@link AgedJsonTemplate#AGE_PLACEHOLDER} for each age
     * @param times when the data were fetched, in the order of the ages
     */
    public record ResponseSource<T>(Supplier<T> load, Function<T, Object> body, Function<T, Stream<Instant>> times) {}
}
