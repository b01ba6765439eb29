package io.gonkapulse.trackerpoller.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an address is, for an operator.
 *
 * @param circuit closed, open or half_open
 */
public record AddressState(
        String url,
        String circuit,
        @Nullable Instant lastSuccess,
        @Nullable String lastFailure) {}
