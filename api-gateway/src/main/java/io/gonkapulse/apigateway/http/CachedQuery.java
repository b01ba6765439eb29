package io.gonkapulse.apigateway.http;

/**
 * A query that can be a cache key: equal queries have the same result.
 *
 * @param <T> the type of the result
 */
@SuppressWarnings("unused") // ties a query to the type of its result
public interface CachedQuery<T> {}
