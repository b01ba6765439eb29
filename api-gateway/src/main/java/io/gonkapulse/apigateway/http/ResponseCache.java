package io.gonkapulse.apigateway.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gonkapulse.apigateway.config.GatewayProperties;
import io.gonkapulse.servicekit.metrics.PulseMeter;
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
                .weigher((CacheEntry kept, AgedJsonTemplate json) -> json.size())
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

    /** A failure is told to those who wait for it; the next one who asks tries again. */
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

    /** Of those who ask the same at once, the first one loads. */
    private <T> LoadedResponse loadOnce(CachedQuery<T> query, ResponseSource<T> source) {
        LoadedResponse[] mine = new LoadedResponse[1];
        LoadedResponse loaded =
                inFlightLoads.load(query, () -> mine[0] = store(query, load(source)), other -> isValid(other.entry));
        if (mine[0] == null) {
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
        return System.nanoTime() - entry.loadedAt < ttlNanos
                || (entry.version != null && entry.version.equals(dataVersion.current()));
    }

    /**
     * The version and the time are of before: what changes while the answer is made changes the version, and what turns stale
     * meanwhile may have been told either way.
     */
    private <T> LoadedResponse load(ResponseSource<T> source) {
        databaseResponses.increment();
        String dataVersionBefore = dataVersion.current();
        Instant startedAt = freshness.now();
        long loadedAt = System.nanoTime();
        T value = source.load().get();
        AgedJsonTemplate json = new AgedJsonTemplate(
                mapper.writeValueAsBytes(source.body().apply(value)),
                source.times().apply(value).toList());
        return new LoadedResponse(
                new CacheEntry(
                        FreshnessPolicy.formatEtag(EtagGenerator.generate(json.template()), "json"),
                        dataVersionBefore,
                        loadedAt,
                        freshness.validUntil(json.times().stream(), startedAt)),
                json);
    }

    private record LoadedResponse(CacheEntry entry, AgedJsonTemplate body) {}

    /** One answer of one moment, equal to itself alone. */
    private static final class CacheEntry {

        private final String etag;
        private final @Nullable String version;
        private final long loadedAt;
        private final Instant validUntil;

        private CacheEntry(String tag, @Nullable String dataVersion, long loadedAt, Instant until) {
            this.etag = tag;
            this.version = dataVersion;
            this.loadedAt = loadedAt;
            this.validUntil = until;
        }
    }
}
