package io.gonkapulse.apigateway.security;

import io.gonkapulse.apigateway.config.GatewayProperties;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Bounds what responses hold that their clients have not read yet: memory, and a thread each. A client may hold a part of it, so
 * that others can still be served.
 */
@Component
class UnreadResponseLimiter {

    /** A small response holds a thread, too. */
    private static final long MIN_RESPONSE_BYTES = 256 << 10;

    private static final int CLIENT_DIVISOR = 4;

    private final long maxBytes;
    private final Map<String, Long> bytesByClient = new HashMap<>();
    private long totalBytes;

    UnreadResponseLimiter(GatewayProperties properties) {
        this.maxBytes = properties.maxUnreadResponseSize().toBytes();
    }

    /** Whoever acquires must release. The first response of a client may be larger than its part. */
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
