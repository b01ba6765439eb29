package io.gonkapulse.apigateway.stream;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.servicekit.observability.PulseMeter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Limits the open streams, in all and of each client. */
@Component
class StreamLimiter {

    private final int maxStreams;
    private final int maxStreamsPerClient;
    private final Map<String, Integer> streamsByClient = new HashMap<>();
    private int streams;

    StreamLimiter(GatewayProperties properties, MeterRegistry meters) {
        this.maxStreams = properties.maxStreams();
        this.maxStreamsPerClient = properties.maxStreamsPerClient();
        Gauge.builder(PulseMeter.STREAMS.id(), this::open)
                .description(PulseMeter.STREAMS.description())
                .register(meters);
    }

    /** Counts a stream if the limits allow it; the caller must {@link #release} it. */
    synchronized boolean tryAcquire(String client) {
        int held = streamsByClient.getOrDefault(client, 0);
        if (streams >= maxStreams || held >= maxStreamsPerClient) {
            return false;
        }
        streams++;
        streamsByClient.put(client, held + 1);
        return true;
    }

    synchronized void release(String client) {
        streams--;
        streamsByClient.computeIfPresent(client, (name, held) -> held == 1 ? null : held - 1);
    }

    synchronized int open() {
        return streams;
    }
}
