package io.gonkapulse.apigateway.health;

import java.time.Instant;

/**
 * An interval in one state.
 *
 * @param to exclusive
 */
record StateInterval(String state, Instant from, Instant to) {}
