package io.gonkapulse.apigateway.security.limits;

import io.gonkapulse.apigateway.core.GatewayProperties;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Limits the memory of responses that clients have not read yet. One client may hold a quarter of it, so that the
 * others can still be served.
 */
@Component
class UnreadResponseLimiter {

    /** The minimum for one response, because a small one also blocks a thread. */
    private static final long MIN_RESPONSE_BYTES = 256 << 10;

    private static final int CLIENT_DIVISOR = 4;

    private final long maxBytes;
    private final Map<String, Long> bytesByClient = new HashMap<>();
    private long totalBytes;

    UnreadResponseLimiter(GatewayProperties properties) {
        this.maxBytes = properties.maxUnreadResponseSize().toBytes();
    }

    /**
     * Reserves memory; the caller must {@link #release} it. The first response of a client may exceed the client's
     * share.
     */
    synchronized boolean acquire(String client, long bytes) {
        long counted = Math.max(bytes, MIN_RESPONSE_BYTES);
        long clientBytes = bytesByClient.getOrDefault(client, 0L);
        boolean allowed = totalBytes + counted <= maxBytes
                && (clientBytes == 0 || clientBytes + counted <= maxBytes / CLIENT_DIVISOR);
        if (allowed) {
            totalBytes += counted;
            bytesByClient.put(client, clientBytes + counted);
        }
        return allowed;
    }

    synchronized void release(String client, long bytes) {
        long counted = Math.max(bytes, MIN_RESPONSE_BYTES);
        totalBytes -= counted;
        bytesByClient.computeIfPresent(client, (name, held) -> held <= counted ? null : held - counted);
    }
}
