package io.gonkapulse.apigateway.web;

/**
 * What the database said, written down.
 *
 * @param value without anything that changes by time alone
 * @param tag the same as long as the database says the same
 */
public record AgedAnswer<T>(T value, AgedJson json, String tag) {}
