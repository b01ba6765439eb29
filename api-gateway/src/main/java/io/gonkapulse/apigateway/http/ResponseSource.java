package io.gonkapulse.apigateway.http;

import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How an answer is made.
 *
 * @param load asks the database
 * @param body what is written, with {@link AgedJsonTemplate#AGE_PLACEHOLDER} for each age
 * @param times when the data were fetched, in the order of their ages
 */
public record ResponseSource<T>(Supplier<T> load, Function<T, Object> body, Function<T, Stream<Instant>> times) {}
