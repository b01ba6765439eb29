package io.gonkapulse.apigateway.http;

import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How to create a response.
 *
 * @param load runs the query
 * @param body creates the JSON object, with {@link AgedJsonTemplate#AGE_PLACEHOLDER} for each age
 * @param times when the data were fetched, in the order of the ages
 */
public record ResponseSource<T>(Supplier<T> load, Function<T, Object> body, Function<T, Stream<Instant>> times) {}
