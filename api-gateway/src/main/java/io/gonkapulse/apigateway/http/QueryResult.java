package io.gonkapulse.apigateway.http;

/**
 * What the database said, and a tag that is the same as long as it says the same.
 *
 * @param value without anything that changes by time alone
 */
public record QueryResult<T>(T value, String tag) {}
