package io.gonkapulse.apigateway.limits;

import io.gonkapulse.apigateway.settings.GatewayProperties;
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
    private static final long LEAST_BYTES = 256 << 10;

    private static final int CLIENT_SHARE = 4;

    private final long mostBytes;
    private final Map<String, Long> bytesByClient = new HashMap<>();
    private long allBytes;

    UnreadResponseLimiter(GatewayProperties properties) {
        this.mostBytes = properties.maxUnread().toBytes();
    }

    /** Whoever acquires must release. The first response of a client may be larger than its part. */
    synchronized boolean acquire(String client, long bytes) {
        long counted = Math.max(bytes, LEAST_BYTES);
        long clientBytes = bytesByClient.getOrDefault(client, 0L);
        boolean allowed = allBytes + counted <= mostBytes
                && (clientBytes == 0 || clientBytes + counted <= mostBytes / CLIENT_SHARE);
        if (allowed) {
            allBytes += counted;
            bytesByClient.put(client, clientBytes + counted);
        }
        return allowed;
    }

    synchronized void release(String client, long bytes) {
        long counted = Math.max(bytes, LEAST_BYTES);
        allBytes -= counted;
        bytesByClient.computeIfPresent(client, (name, held) -> held <= counted ? null : held - counted);
    }
}
