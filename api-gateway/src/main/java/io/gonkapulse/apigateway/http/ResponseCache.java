package io.gonkapulse.apigateway.http;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.servicekit.observability.PulseMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Caches serialised responses, and loads once for concurrent equal queries. Every route under {@code /api/v1} uses it:
 *
 * <ul>
 *   <li>nodes, earnings (JSON and CSV) and health through {@link #respond}, because they depend on the data alone;
 *   <li>the network and the trackers through {@link #respondWithinTtl}, because their statements compare with the
 *       current time.
 * </ul>
 *
 * The OpenAPI document is constant, the dashboard's files have Spring's own cache headers, and operators must see the
 * current values of the actuator; these routes do not use it.
 *
 * <p>A response expires when data in it turn stale, or when the day ends. The cache holds far more ETags than bodies, so
 * that most conditional requests need neither the database nor a body. Safe for use by many threads; a response is
 * loaded by the thread of the first request that needs it.
 */
@Component
public class ResponseCache {

    private static final int MAX_ETAG_BYTES = 16 << 20;

    /**
     * Small enough for the survivor space of the container's heap. Bodies of pages live for half a second under full load;
     * if they were promoted, a full collection would stop all requests every few seconds.
     */
    private static final int MAX_BYTES = 16 << 20;

    /** What an entry takes besides its body and the text of its query. */
    private static final int ENTRY_BYTES = 250;

    private static final Duration IDLE_EXPIRY = Duration.ofMinutes(1);

    private final AsyncCache<Object, CachedResponse> responses;
    private final Cache<Object, CacheMetadata> etags;
    private final DataVersionMonitor dataVersion;
    private final FreshnessPolicy freshness;
    private final Ticker ticker;
    private final JsonMapper mapper;
    private final long ttlNanos;
    private final Counter databaseResponses;
    private final Counter cachedResponses;

    ResponseCache(
            GatewayProperties properties,
            DataVersionMonitor dataVersion,
            FreshnessPolicy freshness,
            Ticker ticker,
            JsonMapper mapper,
            MeterRegistry meters) {
        this.responses = Caffeine.newBuilder()
                .maximumWeight(MAX_BYTES)
                .weigher((Object query, CachedResponse response) ->
                        estimateSize(query) + response.body().size())
                .expireAfterAccess(IDLE_EXPIRY)
                .ticker(ticker)
                .executor(Runnable::run)
                .buildAsync();
        this.etags = Caffeine.newBuilder()
                .maximumWeight(MAX_ETAG_BYTES)
                .weigher((Object query, CacheMetadata metadata) -> estimateSize(query))
                .expireAfterAccess(IDLE_EXPIRY)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
        this.dataVersion = dataVersion;
        this.freshness = freshness;
        this.ticker = ticker;
        this.mapper = mapper;
        this.ttlNanos = properties.cacheTtl().toNanos();
        this.databaseResponses = counter(meters, "database");
        this.cachedResponses = counter(meters, "memory");
    }

    /** Includes the query, because a client chooses its length: filters and a cursor take kilobytes. */
    private static int estimateSize(Object query) {
        return ENTRY_BYTES + query.toString().length();
    }

    private static Counter counter(MeterRegistry meters, String source) {
        return Counter.builder(PulseMeter.RESPONSES.id())
                .description(PulseMeter.RESPONSES.description())
                .tag("source", source)
                .register(meters);
    }

    /**
     * Responds with content that depends on the data alone. It is reused within GATEWAY_CACHE_TTL, and after that while
     * the version of the data is unchanged.
     *
     * @param query the cache key: equal queries have the same content
     * @param loader runs the statement. Its failure reaches the callers that were waiting before it started. Callers
     *     that came after its start load again
     */
    public ResponseEntity<byte[]> respond(Object query, Supplier<ResponseContent> loader, HttpServletRequest request) {
        return respond(query, loader, request, false);
    }

    /** Responds with content that changes with time, too. It is reused within GATEWAY_CACHE_TTL only. */
    public ResponseEntity<byte[]> respondWithinTtl(
            Object query, Supplier<ResponseContent> loader, HttpServletRequest request) {
        return respond(query, loader, request, true);
    }

    private ResponseEntity<byte[]> respond(
            Object query, Supplier<ResponseContent> loader, HttpServletRequest request, boolean changesWithTime) {
        EtagMatcher requested = EtagMatcher.of(request);
        CacheMetadata known = requested.isEmpty() ? null : etags.getIfPresent(query);
        if (known != null && requested.matches(known.etag) && isValid(known)) {
            count(cachedResponses, changesWithTime);
            return responseBuilder(HttpStatus.NOT_MODIFIED, known).build();
        }
        CompletableFuture<CachedResponse> load = new CompletableFuture<>();
        CachedResponse response = findOrEnter(query, load);
        count(response == null ? databaseResponses : cachedResponses, changesWithTime);
        if (response == null) {
            response = complete(query, load, loader, changesWithTime);
        }
        if (requested.matches(response.metadata.etag)) {
            return responseBuilder(HttpStatus.NOT_MODIFIED, response.metadata).build();
        }
        return responseBuilder(HttpStatus.OK, response.metadata)
                .headers(response.headers)
                .contentType(response.type)
                .body(
                        response.view == null
                                ? response.body.render(freshness)
                                : mapper.writeValueAsBytes(response.view.apply(freshness)));
    }

    /** The meter counts responses about nodes and earnings only. */
    private static void count(Counter counter, boolean changesWithTime) {
        if (!changesWithTime) {
            counter.increment();
        }
    }

    private ResponseEntity.BodyBuilder responseBuilder(HttpStatus status, CacheMetadata metadata) {
        return ResponseEntity.status(status)
                .eTag(metadata.etag)
                .cacheControl(freshness.cacheControl(metadata.validUntil, metadata.isPrivate));
    }

    /**
     * Finds a valid response, or waits for a load. If there is none, {@code own} enters the cache, and the caller must
     * complete it; then the result is null.
     *
     * <p>The first load that is found may have started before this request. So its response must be valid, and its
     * failure has no effect. A load that replaces it started later.
     */
    private @Nullable CachedResponse findOrEnter(Object query, CompletableFuture<CachedResponse> own) {
        CompletableFuture<CachedResponse> first = responses.get(query, (key, executor) -> own);
        if (first == own) {
            return null;
        }
        CachedResponse found = awaitValid(first);
        if (found != null) {
            return found;
        }
        responses.asMap().remove(query, first);
        CompletableFuture<CachedResponse> second = responses.get(query, (key, executor) -> own);
        return second == own ? null : awaitSuccess(second);
    }

    private @Nullable CachedResponse awaitValid(CompletableFuture<CachedResponse> load) {
        LoadOutcome outcome = await(load);
        return outcome.response != null && isValid(outcome.response.metadata) ? outcome.response : null;
    }

    private static CachedResponse awaitSuccess(CompletableFuture<CachedResponse> load) {
        LoadOutcome outcome = await(load);
        if (outcome.response == null) {
            throw outcome.failure instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("The load of an equal request failed", outcome.failure);
        }
        return outcome.response;
    }

    /** Not by {@code join}, which wraps a failure in different ways on different JDKs. */
    private static LoadOutcome await(CompletableFuture<CachedResponse> load) {
        return load.handle((response, failed) -> new LoadOutcome(response, failed == null ? null : failed.getCause()))
                .join();
    }

    /** Loads outside of the cache's locks, which would also block other queries that share a part of its table. */
    private CachedResponse complete(
            Object query,
            CompletableFuture<CachedResponse> load,
            Supplier<ResponseContent> loader,
            boolean changesWithTime) {
        try {
            CachedResponse response = load(loader, changesWithTime);
            etags.put(query, response.metadata);
            load.complete(response);
            return response;
        } catch (RuntimeException | Error e) {
            // Caffeine removes every failed load. It logs a stack trace, too, unless the load was cancelled.
            CancellationException failed = new CancellationException("The load failed");
            failed.initCause(e);
            load.completeExceptionally(failed);
            throw e;
        }
    }

    private boolean isValid(CacheMetadata metadata) {
        if (!freshness.now().isBefore(metadata.validUntil)) {
            return false;
        }
        return ticker.read() - metadata.loadedNanos < ttlNanos
                || (metadata.version != null && metadata.version.equals(dataVersion.current()));
    }

    /**
     * Reads version and time before the query: a change during the query changes the version, and a time that turns
     * stale during it may be in the body either way. Content that changes with time is valid from the end of the query,
     * because one that takes longer than GATEWAY_CACHE_TTL would never be valid.
     */
    private CachedResponse load(Supplier<ResponseContent> loader, boolean changesWithTime) {
        String versionBefore = changesWithTime ? null : dataVersion.current();
        Instant startedAt = freshness.now();
        long loadedNanos = ticker.read();
        ResponseContent content = loader.get();
        if (changesWithTime) {
            loadedNanos = ticker.read();
        }
        byte[] body = content.body() instanceof byte[] bytes ? bytes : mapper.writeValueAsBytes(content.body());
        CacheMetadata metadata = new CacheMetadata(
                createEtag(body, content.type()),
                versionBefore,
                loadedNanos,
                freshness.validUntil(content.times(), startedAt),
                content.isPrivate());
        return new CachedResponse(
                metadata,
                new AgedBodyTemplate(body, content.times()),
                content.type(),
                content.headers(),
                content.view());
    }

    /** Two checksums of 32 bits are 15 times as fast as SHA-256. A client compares versions of one resource only. */
    private static String createEtag(byte[] body, MediaType type) {
        CRC32 first = new CRC32();
        CRC32C second = new CRC32C();
        first.update(body);
        second.update(body);
        byte[] checksums = ByteBuffer.allocate(Long.BYTES)
                .putInt((int) first.getValue())
                .putInt((int) second.getValue())
                .array();
        return "W/\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(checksums) + '-' + type.getSubtype()
                + '"';
    }

    /** What a conditional request needs. */
    private record CacheMetadata(
            String etag, @Nullable String version, long loadedNanos, Instant validUntil, boolean isPrivate) {}

    /** One of the two is null. */
    private record LoadOutcome(
            @Nullable CachedResponse response, @Nullable Throwable failure) {}

    private record CachedResponse(
            CacheMetadata metadata,
            AgedBodyTemplate body,
            MediaType type,
            HttpHeaders headers,
            @Nullable Function<FreshnessPolicy, Object> view) {}
}
