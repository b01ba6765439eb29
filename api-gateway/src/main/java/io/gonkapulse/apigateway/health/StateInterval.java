package io.gonkapulse.apigateway.health;

import java.time.Instant;

/**
 * A time in one state.
 *
 * @param to the first moment after it
 */
record StateInterval(String state, Instant from, Instant to) {}
