package io.gonkapulse.apigateway.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gonkapulse.apigateway.core.GatewayProperties;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shares query results between equal requests within GATEWAY_CACHE_TTL. Ages are computed for each request, so a cached
 * result never looks newer than it is.
 */
@Component
public class QueryResultCache {

    /** The size is measured as JSON, which is about the size in memory. Years of a node's hours are some megabytes. */
    private static final int MAX_BYTES = 24 << 20;

    private final Cache<CachedQuery<?>, CacheEntry> entries;
    private final InFlightLoads<CacheEntry> inFlightLoads = new InFlightLoads<>();
    private final JsonMapper mapper;

    QueryResultCache(GatewayProperties properties, JsonMapper mapper) {
        this.entries = Caffeine.newBuilder()
                .maximumWeight(MAX_BYTES)
                .weigher((CachedQuery<?> query, CacheEntry entry) -> entry.bytes)
                .expireAfterWrite(properties.cacheTtl())
                .build();
        this.mapper = mapper;
    }

    /**
     * Returns the cached result, or loads it. A caller that waits for a failed load gets its
     * exception if the load started after its request; otherwise it loads again.
     */
    @SuppressWarnings("unchecked") // each query is stored with the result of its own type
    public <T> QueryResult<T> get(CachedQuery<T> query, Supplier<T> loader) {
        CacheEntry cached = entries.getIfPresent(query);
        return (QueryResult<T>) (cached != null ? cached : load(query, loader)).result;
    }

    private <T> CacheEntry load(CachedQuery<T> query, Supplier<T> loader) {
        return inFlightLoads.load(
                query,
                () -> {
                    CacheEntry entry = createEntry(loader.get());
                    entries.put(query, entry);
                    return entry;
                },
                other -> other.equals(entries.getIfPresent(query)));
    }

    private <T> CacheEntry createEntry(T value) {
        byte[] json = mapper.writeValueAsBytes(value);
        return new CacheEntry(new QueryResult<>(value, EtagGenerator.generate(json)), json.length);
    }

    private record CacheEntry(QueryResult<?> result, int bytes) {}
}
