package io.gonkapulse.apigateway.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gonkapulse.apigateway.config.GatewayProperties;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the database once for everybody who asks the same within a moment. Ages are told at the time of the request, so a
 * shared answer is never presented as fresher than it is.
 */
@Component
public class QueryResultCache {

    /** Written, which is about what they take unwritten; years of a node's hours are some megabytes. */
    private static final int MAX_BYTES = 24 << 20;

    private final Cache<CachedQuery<?>, CacheEntry> entries;
    private final InFlightLoads<CacheEntry> inFlightLoads = new InFlightLoads<>();
    private final JsonMapper mapper;

    QueryResultCache(GatewayProperties properties, JsonMapper mapper) {
        this.entries = Caffeine.newBuilder()
                .maximumWeight(MAX_BYTES)
                .weigher((CachedQuery<?> question, CacheEntry shared) -> shared.bytes)
                .expireAfterWrite(properties.cacheTtl())
                .build();
        this.mapper = mapper;
    }

    /** A failure is told to those who wait for it; the next one who asks tries again. */
    @SuppressWarnings("unchecked") // an answer is only ever put under its own question
    public <T> QueryResult<T> get(CachedQuery<T> query, Supplier<T> load) {
        CacheEntry cached = entries.getIfPresent(query);
        return (QueryResult<T>) (cached != null ? cached : load(query, load)).result;
    }

    private <T> CacheEntry load(CachedQuery<T> query, Supplier<T> load) {
        return inFlightLoads.load(
                query,
                () -> {
                    CacheEntry entry = createEntry(load.get());
                    entries.put(query, entry);
                    return entry;
                },
                other -> other.equals(entries.getIfPresent(query)));
    }

    private <T> CacheEntry createEntry(T value) {
        byte[] written = mapper.writeValueAsBytes(value);
        return new CacheEntry(new QueryResult<>(value, EtagGenerator.generate(written)), written.length);
    }

    private record CacheEntry(QueryResult<?> result, int bytes) {}
}
