package io.gonkapulse.apigateway.http;

/**
 * What is asked, as a value: equal questions have one answer.
 *
 * @param <T> what the answer holds
 */
@SuppressWarnings("unused") // ties a question to the type of its answer
public interface CachedQuery<T> {}
