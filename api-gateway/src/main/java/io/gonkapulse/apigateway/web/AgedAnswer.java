package io.gonkapulse.apigateway.web;

/**
 * What the database said, written down.
 *
 * @param tag the same as long as the database says the same
 */
public record AgedAnswer(AgedJson json, String tag) {}
