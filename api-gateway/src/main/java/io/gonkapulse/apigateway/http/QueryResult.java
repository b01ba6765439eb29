package io.gonkapulse.apigateway.http;

/**
 * The result of a query, and a hash that changes if and only if the result changes.
 *
 * @param value without values that change with time alone, such as ages
 */
public record QueryResult<T>(T value, String tag) {}
