package io.gonkapulse.trackerpoller.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of one address, as the health endpoint shows it.
 *
 * @param circuit closed, open or half_open
 */
public record AddressState(
        String url,
        String circuit,
        @Nullable Instant lastSuccess,
        @Nullable String lastFailure) {}
